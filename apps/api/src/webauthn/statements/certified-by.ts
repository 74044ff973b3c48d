import type { CborMap } from '../cbor.ts'
import type { Attestation } from '../evidence.ts'
import { isInSoftware } from './android-key.ts'
import { bytesIn, chainOf } from './statement.ts'
import { readPublicArea } from './tpm-structures.ts'

/** What a certified statement says besides, once it is verified. @throws Error when it is none */
export const certifiedBy = (format: string, statement: CborMap): Attestation => ({
  ...{ format, kind: 'certified', chain: chainOf(statement) },
  ...(isOutside(format, statement) && { outside: true }),
})

/**
 * A TPM certifies keys that were brought into it too, and a phone's system keys that its hardware never saw. WebAuthn L3
 * §8.3 and §8.4 ask for neither, so that it is no fault of the statement; but the model's word for hardware is not its own.
 */
const isOutside = (format: string, statement: CborMap): boolean => {
  if (format === 'tpm') return !readPublicArea(bytesIn(statement, 'pubArea')).isBound
  return format === 'android-key' && isInSoftware(statement)
}
