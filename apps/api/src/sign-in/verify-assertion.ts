import type { FinishSignIn } from '@fobwatch/contracts'
import type { Verdict } from '#assurance'
import type { Credential } from '#authenticators'
import type { Visit } from '#http'
import { isRefusal, type RefusalCode } from '#kernel'
import type { AssertionEvidence } from '#webauthn'
import type { SignInDeps } from './deps.ts'
import { refuseUnlessUsable } from './standing.ts'

/** An assertion that verified and is permitted, whose it is, and how sure it makes us. */
export interface Verified {
  evidence: AssertionEvidence
  credential: Credential
  verdict: Verdict
}

/** Refused before the challenge ties the answer to a browser that asked: whose device it names means nothing yet. */
const meaningless: ReadonlySet<RefusalCode> = new Set([
  'challenge_unknown',
  'response_malformed',
  'credential_id_invalid',
])

/**
 * Runs an attempt with an assertion, and records its refusal apart, after whatever it had begun to store was rolled back.
 * The record names the owner of the device, removed ones and closed people too; the answer never does. An attempt with
 * nobody's device is a line in the service's log and no more, or anyone could fill the audit log with rubbish.
 */
export const recordingRefusals = async <T>(
  deps: SignInDeps,
  visit: Visit,
  { id }: FinishSignIn['response'],
  attempt: () => Promise<T>,
): Promise<T> => {
  try {
    return await attempt()
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (!meaningless.has(error.code)) await recordRefusal(deps, visit, id, error.code)
    throw error
  }
}

const recordRefusal = async (deps: SignInDeps, { requestId }: Visit, credentialId: string, code: RefusalCode) => {
  const owner = await deps.authenticators.findOwner(Buffer.from(credentialId, 'base64url'))
  if (!owner) return
  await deps.recordAlone({
    type: 'sign-in-refused',
    outcome: 'refused',
    person: owner.personId,
    requestId,
    details: { code, authenticator: owner.id },
  })
}

/** An assertion to verify: what its challenge was bound to, and whose it must be where that is known (a user handle). */
interface Claim {
  boundTo: string
  response: FinishSignIn['response']
  userHandle?: Uint8Array
  /** The application that asks, if one does. */
  clientId: string | null
}

/**
 * Verifies an assertion, and only then asks whether what made it may be used, for what asks for it.
 * @throws Refusal as `webauthn` gives it, and `refuseUnlessUsable`; `policy_refuses` with reasons
 */
export const verifyAssertion = async (deps: SignInDeps, { clientId, ...claim }: Claim): Promise<Verified> => {
  const verified = await deps.webauthn.finishAuthentication({
    ...claim,
    findCredential: (id) => deps.authenticators.findCredential(id, clientId),
  })
  const { credential, evidence } = verified
  refuseUnlessUsable(credential)
  return { ...verified, verdict: deps.authenticators.judgeUse(credential, evidence) }
}
