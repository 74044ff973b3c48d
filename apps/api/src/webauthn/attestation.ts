import { Refusal } from '#kernel'
import { verifyAndroidKey } from './android-key.ts'
import type { AttestationObject, Attested } from './attestation-object.ts'
import type { CborMap } from './cbor.ts'
import type { AttestationTrust } from './evidence.ts'

/**
 * Says what stands behind a maker's statement, and checks what the library leaves open. No anchors are configured, so
 * the most that comes out is `untrusted`: WebAuthn L3 §7.1 step 24 lets us keep such a credential as if it had attested
 * itself, provided that its statement verified.
 * @throws Refusal `attestation_not_allowed` for a format that we do not know, `user_not_verified` for U2F, whose
 * authenticators never verify anybody, `attestation_invalid` for a statement that contradicts itself
 */
export const judgeAttestation = (attestation: AttestationObject, attested: Attested): AttestationTrust => {
  const { format, statement } = attestation
  switch (format) {
    case 'none':
      if (statement.size > 0)
        throw new Refusal('attestation_invalid', new Error('A statement that says nothing says something'))
      return 'none'
    case 'packed':
      return statement.has('x5c') ? 'untrusted' : judgeSelfAttestation(statement, attested)
    case 'tpm':
    case 'apple':
      return 'untrusted'
    case 'android-key':
      verifyAndroidKey(attestation, attested)
      return 'untrusted'
    case 'fido-u2f':
      throw new Refusal('user_not_verified', new Error('U2F'))
    default:
      throw new Refusal('attestation_not_allowed', new Error(format))
  }
}

/** WebAuthn L3 §8.2: `alg` is that of the credential; the library verifies by whatever `alg` says. */
const judgeSelfAttestation = (statement: CborMap, { algorithm }: Attested): 'self' => {
  if (statement.get('alg') !== algorithm)
    throw new Refusal('attestation_invalid', new Error('Another alg than the key has'))
  return 'self'
}
