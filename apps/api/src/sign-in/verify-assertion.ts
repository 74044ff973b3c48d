import type { FinishSignIn } from '@fobwatch/contracts'
import type { Verdict } from '#assurance'
import type { Found, SeenOf } from '#authenticators'
import type { Visit } from '#http'
import { hashOf, isRefusal, type Refusal, type RefusalCode } from '#kernel'
import type { Subject } from '#limits'
import type { AssertionEvidence } from '#webauthn'
import type { SignInDeps } from './deps.ts'
import { refuseUnlessUsable } from './standing.ts'

/** An assertion that verified and is permitted, whose it is, and how sure it makes us. */
export interface Verified {
  evidence: AssertionEvidence
  credential: Found
  verdict: Verdict
}

/** Refused before the challenge ties the answer to a browser that asked: whose device it names means nothing yet. */
const meaningless: ReadonlySet<RefusalCode> = new Set([
  'challenge_unknown',
  'response_malformed',
  'credential_id_invalid',
])

/** Said to whoever made a valid assertion alone: whoever holds the device did not guess. */
const proved: ReadonlySet<RefusalCode> = new Set([
  'credential_removed',
  'credential_suspended',
  'credential_expired',
  'policy_refuses',
])

/**
 * Runs an attempt with an assertion, and records its refusal apart, after whatever it had begun to store was rolled back.
 * The record names the owner of the device, removed ones and closed people too; the answer never does. An attempt with
 * nobody's device is a line in the service's log and no more, or anyone could fill the audit log with rubbish.
 *
 * What fails is counted against the address and the passkey that was named; after too many the answer says that and no more.
 * Against the owner it is counted apart, and that decides what is recorded and nothing that is answered: or whoever tries one
 * passkey after another would learn which are one person's, and whoever has an address could first make it limited and then
 * try somebody's passkey unseen. An assertion that is right is never asked how many were wrong, so that nobody is locked out by
 * others.
 * @throws Refusal as the attempt does; `too_many` in its place
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
    throw await answerTo(deps, visit, id, error)
  }
}

/** The refusal, or that there were too many, once it is counted and recorded. */
const answerTo = async (deps: SignInDeps, visit: Visit, credentialId: string, refusal: Refusal): Promise<Refusal> => {
  if (meaningless.has(refusal.code))
    return (await deps.failures.count([{ against: 'address', who: `sign-in unasked ${visit.network}` }])) ?? refusal
  const findOwner = () => deps.authenticators.findOwner(Buffer.from(credentialId, 'base64url'))
  if (proved.has(refusal.code)) {
    const owner = await findOwner()
    if (owner) await recordRefusal(deps, visit, owner, refusal.code)
    return refusal
  }
  // An id that is nobody's is counted like any other, so that being limited tells nothing about it.
  const passkey: Subject = { against: 'person', who: `passkey ${hashOf(credentialId).toString('base64url')}` }
  // Its owner was counted as often, so that there is nothing left to be recorded.
  const known = deps.failures.knownLimit([passkey])
  if (known) return known
  const address: Subject = { against: 'address', who: `sign-in ${visit.network}` }
  const owner = await findOwner()
  const person: Subject | undefined = owner && { against: 'person', who: owner.personId, person: owner.personId }
  const { tooMany, tooManyApart } = await deps.failures.countApart([address, passkey], person)
  if (owner && !tooManyApart) await recordRefusal(deps, visit, owner, refusal.code)
  return tooMany ?? refusal
}

const recordRefusal = (
  deps: SignInDeps,
  { requestId }: Visit,
  owner: { id: string; personId: string },
  code: RefusalCode,
): Promise<void> =>
  deps.recordAlone({
    type: 'sign-in-refused',
    outcome: 'refused',
    person: owner.personId,
    requestId,
    details: { code, authenticator: owner.id },
  })

/** An assertion to verify: what its challenge was bound to, and whose it must be where that is known (a user handle). */
interface Claim {
  boundTo: string
  response: FinishSignIn['response']
  userHandle?: Uint8Array
  /** The application that asks, if one does. */
  clientId: string | null
  /** Whether the roles are wanted that its owner holds. */
  withRoles?: boolean
  /** Where to note what may be said of it to anybody. */
  seen: SeenOf
}

/**
 * Verifies an assertion, and only then asks whether what made it may be used, for what asks for it.
 * @throws Refusal as `webauthn` gives it, and `refuseUnlessUsable`; `policy_refuses` with reasons
 */
export const verifyAssertion = async (
  deps: SignInDeps,
  { clientId, withRoles = false, seen, ...claim }: Claim,
): Promise<Verified> => {
  const verified = await deps.webauthn.finishAuthentication({
    ...claim,
    findCredential: (id) =>
      deps.authenticators.findCredential(id, {
        ...{ clientId, withRoles },
        onFound: ({ kind }) => {
          seen.kind = kind
        },
      }),
  })
  const { credential, evidence } = verified
  refuseUnlessUsable(credential)
  const verdict = deps.authenticators.judgeUse(credential, evidence)
  Object.assign(seen, { level: verdict.level, identityLevel: credential.identityLevel })
  return { ...verified, verdict }
}
