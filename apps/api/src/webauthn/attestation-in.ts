import { readAttestationObject } from './attestation-object.ts'
import type { Attestation } from './evidence.ts'
import { certifiedBy } from './statements/certified-by.ts'

/**
 * What a maker said of an authenticator that was set up before. Its statement was verified then, and it is kept as it came,
 * so that whose root its chain ends in can be asked again.
 */
export const attestationIn = (attestationObject: Buffer): Attestation => {
  const { format, statement } = readAttestationObject(attestationObject)
  if (statement.has('x5c')) return certifiedBy(format, statement)
  return { format, kind: format === 'none' ? 'none' : 'self', chain: [] }
}
