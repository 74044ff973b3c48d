import type { AuthenticationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { type Assertion, readAssertion } from './assertion.ts'
import type { AuthenticatorData } from './authenticator-data.ts'
import type { AssertionEvidence, KnownCredential } from './evidence.ts'
import { checkAuthenticatorData, checkClientData, type Expected } from './rules.ts'
import { isSignedWith } from './verify-signature.ts'

/** What an assertion is held against. */
export interface ExpectedAssertion extends Expected {
  /** Whose credential it must be, where that was known beforehand; then the response may leave the user handle out. */
  userHandle?: Uint8Array
}

/** What must be known of a credential to verify an assertion; whose it is need not be, and is then not asked. */
export type VerifyingCredential = Omit<KnownCredential, 'userHandle'> & Partial<Pick<KnownCredential, 'userHandle'>>

/**
 * Verifies the answer to an authentication (WebAuthn L3 §7.2) by a credential that the caller found, with no store. What
 * its counter means, and whether the credential may be used now, is for the caller to say.
 * @throws Refusal `response_malformed`, `credential_id_invalid`, `ceremony_mismatch`, `challenge_unknown`,
 * `origin_mismatch`, `rp_id_mismatch`, `user_not_present`, `user_not_verified`, `backup_flags_invalid`; and what depends
 * on the credential: `signature_invalid`, `user_handle_mismatch`, `backup_eligibility_changed`
 */
export const verifyAssertion = async (
  response: AuthenticationResponse,
  expected: ExpectedAssertion,
  credential: VerifyingCredential,
): Promise<AssertionEvidence> => {
  const assertion = readAssertion(response)
  checkAssertion(assertion, expected)
  return judgeAssertion(assertion, expected, credential)
}

/**
 * Holds an assertion against all that does not depend on a credential.
 * @throws Refusal as `verifyAssertion`
 */
export const checkAssertion = ({ clientData, authenticatorData }: Assertion, expected: ExpectedAssertion): void => {
  checkClientData(clientData, 'authentication', expected)
  checkAuthenticatorData(authenticatorData, expected)
}

/**
 * Holds an assertion against a credential. The signature comes first, so that every fault takes the same work.
 * @throws Refusal `signature_invalid`, `user_handle_mismatch`, `backup_eligibility_changed`
 */
export const judgeAssertion = (
  assertion: Assertion,
  expected: Pick<ExpectedAssertion, 'userHandle'>,
  credential: VerifyingCredential,
): AssertionEvidence => {
  const { authenticatorData, userHandle } = assertion
  checkSignature(assertion, credential)
  checkOwner(credential.userHandle, userHandle, expected.userHandle)
  if (authenticatorData.backupEligible !== credential.backupEligible)
    throw new Refusal('backup_eligibility_changed', new Error(backupWords(authenticatorData)))
  return evidenceOf(assertion, credential)
}

const checkSignature = ({ signed, signature }: Assertion, { publicKey }: VerifyingCredential): void => {
  let isSigned = false
  try {
    isSigned = isSignedWith(publicKey, signed, signature)
  } catch (error) {
    throw new Refusal('signature_invalid', error)
  }
  if (!isSigned) throw new Refusal('signature_invalid', new Error('The signature does not match'))
}

const backupWords = ({ backupEligible }: AuthenticatorData): string =>
  backupEligible
    ? 'The device says that its passkey can be copied, and said before that it cannot'
    : 'The device says that its passkey cannot be copied, and said before that it can'

/**
 * WebAuthn L3 §7.2 step 6: when the person was not known beforehand, the response must name them; whoever it names, and
 * whoever was known, must own the credential.
 */
const checkOwner = (owner: Uint8Array | undefined, named: Buffer | undefined, known: Uint8Array | undefined): void => {
  if (!owner) return
  if (!named && !known) throw new Refusal('user_handle_mismatch', new Error('No user handle'))
  if (named && !named.equals(owner))
    throw new Refusal('user_handle_mismatch', new Error("Another person's user handle"))
  if (known && !Buffer.from(known).equals(owner))
    throw new Refusal('user_handle_mismatch', new Error("Another person's credential"))
}

const evidenceOf = (
  { credentialId, authenticatorData: data }: Assertion,
  { signCount }: VerifyingCredential,
): AssertionEvidence => ({
  credentialId,
  userPresent: data.userPresent,
  userVerified: data.userVerified,
  backupEligible: data.backupEligible,
  backupState: data.backupState,
  signCount: data.signCount,
  previousSignCount: signCount,
})
