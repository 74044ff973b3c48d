import type { AuthenticationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type ChallengeDeps, spendChallenge } from './challenges.ts'
import { type ClientData, readClientData } from './client-data.ts'
import type { AssertionEvidence, KnownCredential } from './evidence.ts'
import { verifyAssertion } from './library.ts'
import { nobodysCredential } from './nobodys-credential.ts'
import { checkAuthenticatorData, checkClientData, type RelyingParty } from './rules.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

export interface FinishAuthentication<C extends KnownCredential = KnownCredential> {
  /** As at the beginning. */
  boundTo: string
  response: AuthenticationResponse
  /** Finds a credential, with whatever else its finder knows of it. */
  findCredential: (credentialId: Buffer) => Promise<C | undefined>
  /** Whose credential it must be, when that was known beforehand; then the response may leave the user handle out. */
  userHandle?: Uint8Array
}

/** A response, read but not believed. */
interface Answer {
  response: AuthenticationResponse
  clientData: ClientData
  credentialId: Buffer
  authenticatorData: AuthenticatorData
  userHandle: Buffer | undefined
}

/**
 * Verifies the answer to an authentication (WebAuthn L3 §7.2); the challenge is spent whatever follows. What depends on
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
    const answer = read(response)
    await spendChallenge(deps)(answer.clientData.challenge, 'authentication', boundTo)

    checkClientData(answer.clientData, 'authentication', deps.relyingParty)
    checkAuthenticatorData(answer.authenticatorData, deps.relyingParty.rpId)
    const credential = await findCredential(answer.credentialId)
    const fault = await faultOf(answer, credential, userHandle, deps.relyingParty)
    if (!credential || fault) throw new Refusal('sign_in_refused', fault)
    return { evidence: evidenceOf(answer, credential), credential }
  }

const read = (response: AuthenticationResponse): Answer => {
  const { userHandle, ...bytes } = response.response
  const authenticatorData = readAuthenticatorData(bytesOf(bytes.authenticatorData))
  if (authenticatorData.attested) throw new Refusal('response_malformed', new Error('An assertion makes no credential'))
  if (response.id !== response.rawId)
    throw new Refusal('credential_id_invalid', new Error('The JSON names two credentials'))
  bytesOf(bytes.signature)
  return {
    response,
    clientData: readClientData(bytesOf(bytes.clientDataJSON)),
    credentialId: bytesOf(response.id),
    authenticatorData,
    userHandle: userHandle ? bytesOf(userHandle) : undefined,
  }
}

/** Everything is looked at before anything is said, so that neither words nor time tell what was wrong. */
const faultOf = async (
  { response, clientData, authenticatorData, userHandle }: Answer,
  found: KnownCredential | undefined,
  expected: Uint8Array | undefined,
  relyingParty: RelyingParty,
): Promise<Error | undefined> => {
  const credential = found ?? nobodysCredential
  const verified = await verifyAssertion(response, clientData.challenge, credential.publicKey, relyingParty).catch(
    toError,
  )
  const faults = [
    found ? undefined : new Error('No such credential may be used now'),
    ownerFault(credential, userHandle, expected),
    authenticatorData.backupEligible === credential.backupEligible
      ? undefined
      : new Error('Backup eligibility differs from registration'),
    verified === true ? undefined : new Error('The signature does not match', { cause: verified || undefined }),
  ]
  return faults.find((fault) => fault !== undefined)
}

/**
 * WebAuthn L3 §7.2 step 6: when the person was not known beforehand, the response must name them; whoever it names, and
 * whoever was known, must own the credential.
 */
const ownerFault = (
  credential: KnownCredential,
  named: Buffer | undefined,
  expected: Uint8Array | undefined,
): Error | undefined => {
  const owner = Buffer.from(credential.userHandle)
  if (!named && !expected) return new Error('No user handle')
  if (named && !named.equals(owner)) return new Error("Another person's user handle")
  if (expected && !owner.equals(expected)) return new Error("Another person's credential")
  return undefined
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const evidenceOf = (
  { credentialId, authenticatorData: data }: Answer,
  { signCount }: KnownCredential,
): AssertionEvidence => ({
  credentialId,
  userPresent: data.userPresent,
  userVerified: data.userVerified,
  backupEligible: data.backupEligible,
  backupState: data.backupState,
  signCount: data.signCount,
  previousSignCount: signCount,
})
