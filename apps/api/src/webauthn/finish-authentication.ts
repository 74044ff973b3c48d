import type { AuthenticationResponse } from '@fobwatch/contracts'
import { isRefusal, type Question, Refusal, type RefusalCode } from '#kernel'
import { type Assertion, readAssertion } from './assertion.ts'
import { type ChallengeDeps, spendChallengeAsking } from './challenges.ts'
import type { AssertionEvidence, KnownCredential } from './evidence.ts'
import { nobodysCredential } from './nobodys-credential.ts'
import type { RelyingParty } from './rules.ts'
import { checkAssertion, judgeAssertion } from './verify-assertion.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

export interface FinishAuthentication<C extends KnownCredential = KnownCredential> {
  /** As at the beginning. */
  boundTo: string
  response: AuthenticationResponse
  /** What finds a credential, with whatever else its finder knows of it. */
  findCredential: (credentialId: Buffer) => Question<C | undefined>
  /** Whose credential it must be, when that was known beforehand; then the response may leave the user handle out. */
  userHandle?: Uint8Array
}

/** What depends on what we keep: neither words nor time tell one of them from another, or from a credential unknown. */
const untold: ReadonlySet<RefusalCode> = new Set([
  'signature_invalid',
  'user_handle_mismatch',
  'backup_eligibility_changed',
])

/**
 * Takes the answer to an authentication (WebAuthn L3 §7.2); the challenge is spent whatever follows. What depends on
 * what we keep ends in the one refusal `sign_in_refused`, after the same work for a credential that nobody has.
 * @returns what was proved, and the credential as it was found; whether it may be used now is for the caller to say
 * @throws Refusal `response_malformed`, `credential_id_invalid`, `challenge_unknown`, `ceremony_mismatch`,
 * `origin_mismatch`, `rp_id_mismatch`, `user_not_present`, `user_not_verified`, `backup_flags_invalid`,
 * `sign_in_refused`
 */
export const finishAuthentication =
  (deps: Deps) =>
  async <C extends KnownCredential>({
    boundTo,
    response,
    findCredential,
    userHandle,
  }: FinishAuthentication<C>): Promise<{ evidence: AssertionEvidence; credential: C }> => {
    const assertion = readAssertion(response)
    const { challenge } = assertion.clientData
    const found = findCredential(assertion.credentialId)
    const credential = await spendChallengeAsking(deps)(challenge, 'authentication', boundTo, found)

    const expected = {
      ...{ ...deps.relyingParty, challenge, userVerification: 'required' as const },
      ...(userHandle && { userHandle }),
    }
    checkAssertion(assertion, expected)
    const evidence = judgeUntold(assertion, expected, credential)
    if (!credential) throw new Refusal('sign_in_refused', new Error('A signature by nobody'))
    return { evidence, credential }
  }

const judgeUntold = (
  assertion: Assertion,
  expected: Parameters<typeof judgeAssertion>[1],
  credential: KnownCredential | undefined,
): AssertionEvidence => {
  try {
    return judgeAssertion(assertion, expected, credential ?? nobodysCredential)
  } catch (error) {
    if (!credential) throw new Refusal('sign_in_refused', new Error('No such credential', { cause: error }))
    throw isRefusal(error) && untold.has(error.code) ? new Refusal('sign_in_refused', error) : error
  }
}
