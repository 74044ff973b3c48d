import { Refusal } from '#kernel'
import type { AttestationObject } from '../attestation-object.ts'
import type { Attestation } from '../evidence.ts'
import { verifyAndroidKey } from './android-key.ts'
import { verifyApple } from './apple.ts'
import { certifiedBy } from './certified-by.ts'
import { verifyPacked, verifySelfAttestation } from './packed.ts'
import type { Attested, VerifyStatement } from './statement.ts'
import { verifyTpm } from './tpm.ts'

/**
 * Verifies a maker's statement (WebAuthn L3 §7.1 step 21) with no clock and no connection. Whose root its chain ends in
 * is not asked here.
 * @throws Refusal `attestation_not_allowed` for a format that we do not know, `user_not_verified` for U2F, whose
 * authenticators never verify anybody, `attestation_invalid` for a statement that does not hold
 */
export const verifyStatement = ({ format, statement }: AttestationObject, attested: Attested): Attestation => {
  const certified = (verify: VerifyStatement): Attestation => {
    verify(statement, attested)
    return certifiedBy(format, statement)
  }
  try {
    switch (format) {
      case 'none':
        if (statement.size > 0) throw new Error('A statement that says nothing says something')
        return { format, kind: 'none', chain: [] }
      case 'packed':
        if (statement.has('x5c')) return certified(verifyPacked)
        verifySelfAttestation(statement, attested)
        return { format, kind: 'self', chain: [] }
      case 'tpm':
        return certified(verifyTpm)
      case 'android-key':
        return certified(verifyAndroidKey)
      case 'apple':
        return certified(verifyApple)
    }
  } catch (error) {
    throw new Refusal('attestation_invalid', error)
  }
  if (format === 'fido-u2f')
    throw new Refusal('user_not_verified', new Error('A U2F authenticator, which verifies nobody'))
  throw new Refusal('attestation_not_allowed', new Error(format))
}
