import { Refusal } from '#kernel'
import { verifyAndroidKey } from './android-key.ts'
import type { AttestationObject, Attested } from './attestation-object.ts'
import type { CborMap } from './cbor.ts'
import type { Attestation } from './evidence.ts'

/**
 * Says who made a statement, and checks what the library leaves open. Whose root its chain ends in is not asked here.
 * @throws Refusal `attestation_not_allowed` for a format that we do not know, `user_not_verified` for U2F, whose
 * authenticators never verify anybody, `attestation_invalid` for a statement that contradicts itself
 */
export const judgeAttestation = (attestation: AttestationObject, attested: Attested): Attestation => {
  const { format, statement } = attestation
  switch (format) {
    case 'none':
      if (statement.size > 0)
        throw new Refusal('attestation_invalid', new Error('A statement that says nothing says something'))
      return { format, kind: 'none', chain: [] }
    case 'packed':
      if (statement.has('x5c')) return { format, kind: 'certified', chain: chainOf(statement) }
      judgeSelfAttestation(statement, attested)
      return { format, kind: 'self', chain: [] }
    case 'tpm':
    case 'apple':
      return { format, kind: 'certified', chain: chainOf(statement) }
    case 'android-key':
      verifyAndroidKey(attestation, attested)
      return { format, kind: 'certified', chain: chainOf(statement) }
    case 'fido-u2f':
      throw new Refusal('user_not_verified', new Error('U2F'))
    default:
      throw new Refusal('attestation_not_allowed', new Error(format))
  }
}

/** WebAuthn L3 §8.2: `alg` is that of the credential; the library verifies by whatever `alg` says. */
const judgeSelfAttestation = (statement: CborMap, { algorithm }: Attested): void => {
  if (statement.get('alg') !== algorithm)
    throw new Refusal('attestation_invalid', new Error('Another alg than the key has'))
}

const chainOf = (statement: CborMap): Buffer[] => {
  const chain = statement.get('x5c')
  if (!Array.isArray(chain) || chain.length === 0 || !chain.every(Buffer.isBuffer))
    throw new Refusal('attestation_invalid', new Error('No chain of certificates'))
  return chain
}
