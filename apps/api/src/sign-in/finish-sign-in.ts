import type { FinishSignIn, SignInStep } from '@fobwatch/contracts'
import { amrOf } from '#assurance'
import type { Credential } from '#authenticators'
import type { Visit } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import { fullName } from '#people'
import type { Assertion, LiveSession, Opened } from '#sessions'
import type { AssertionEvidence } from '#webauthn'
import { bindingOf } from './begin-sign-in.ts'
import { interactionOf, type SignInDeps } from './deps.ts'
import type { Interaction } from './interaction.ts'
import { roleStep } from './rules.ts'

/** An assertion that verified, and whose it is. */
export interface Verified {
  evidence: AssertionEvidence
  credential: Credential
}

/** Runs an attempt, and records its refusal apart, after whatever it had begun to store was rolled back. */
export const recordingRefusals = async <T>(
  deps: SignInDeps,
  visit: Visit,
  attempt: (found: (credential: Credential) => void) => Promise<T>,
): Promise<T> => {
  let credential: Credential | undefined
  try {
    return await attempt((found) => {
      credential = found
    })
  } catch (error) {
    if (isRefusal(error))
      await deps.recordAlone({
        type: 'sign-in-refused',
        outcome: 'refused',
        person: credential?.personId,
        requestId: visit.requestId,
        details: { code: error.code, ...(credential && { authenticator: credential.id }) },
      })
    throw error
  }
}

/** An assertion to verify: what its challenge was bound to, and whose it must be where that is known (a user handle). */
interface Claim {
  boundTo: string
  response: FinishSignIn['response']
  userHandle?: Uint8Array
}

/**
 * Verifies an assertion.
 * @param found hears whose credential it claims to be, before that is proved
 * @throws Refusal as `webauthn` gives it
 */
export const verifyAssertion = async (
  deps: SignInDeps,
  claim: Claim,
  found: (credential: Credential) => void,
): Promise<Verified> => {
  let credential: Credential | undefined
  const findCredential = async (id: Buffer) => {
    credential = await deps.authenticators.findCredential(id)
    if (credential) found(credential)
    return credential
  }
  const evidence = await deps.webauthn.finishAuthentication({ ...claim, findCredential })
  if (!credential) throw new Refusal('sign_in_refused')
  return { evidence, credential }
}

/**
 * Stores the asserted counter and says what the assertion is worth.
 * @throws Refusal `sign_in_refused` when the counter says that the key was copied (WebAuthn L3 §7.2 step 22)
 */
export const useCredential = async (deps: SignInDeps, tx: Transaction, verified: Verified): Promise<Assertion> => {
  const { evidence, credential } = verified
  const at = deps.now()
  const used = await deps.authenticators.recordUse(tx, {
    id: credential.id,
    signCount: evidence.signCount,
    backupState: evidence.backupState,
    at,
  })
  if (used !== 'recorded') throw new Refusal('sign_in_refused', `counter of ${credential.id}: ${used}`)
  return {
    authenticatorId: credential.id,
    at,
    assuranceLevel: credential.assuranceLevel,
    amr: amrOf(evidence),
    reasons: credential.reasons,
  }
}

/** The session of this browser: renewed for the person it belongs to, and replaced for anyone else. */
const openFor = async (
  deps: SignInDeps,
  tx: Transaction,
  current: LiveSession | undefined,
  session: Assertion & { personId: string; assignmentId: string | null; userAgent: string | undefined },
): Promise<Opened> => {
  if (current && current.personId !== session.personId)
    await deps.sessions.endSession(tx, current.sessionId, 'replaced')
  const renewed =
    current?.personId === session.personId && (await deps.sessions.renewSession(tx, current.sessionId, session))
  if (!renewed) return deps.sessions.openSession(tx, session)
  if (session.assignmentId) await deps.sessions.chooseRole(tx, renewed.sessionId, session.assignmentId)
  return renewed
}

/**
 * Signs in whoever answered the challenge, and says what comes next.
 * @returns the roles to choose from, or where the browser goes on to
 * @throws Refusal `sign_in_unknown`, `challenge_unknown`, the ceremony's own, or `sign_in_refused` for everything that
 *   depends on what we know of the credential (WebAuthn L3 §7.2)
 */
export const finishSignIn =
  (deps: SignInDeps) =>
  async ({ interaction: id, response }: FinishSignIn & { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    return recordingRefusals(deps, visit, async (found) => {
      const verified = await verifyAssertion(deps, { boundTo: bindingOf(id, visit), response }, found)
      const { personId } = verified.credential
      const roles = await deps.rolesHeldBy(personId)
      // Every assertion begins anew: a role that was chosen before is asked for again when there are several.
      const step = roleStep(interaction.wantsRole, roles, null)
      const opened = await openAndRecord(deps, verified, step.kind === 'take' ? step.role : null, visit)
      visit.setSessionCookie(opened.secret)
      if (step.kind === 'choose') return { next: 'role', name: await nameOf(deps, personId), roles }
      return goOn(deps, interaction, personId, opened.sessionId, opened.at)
    })
  }

/** Counter, session and event, stored together or not at all. */
const openAndRecord = async (
  deps: SignInDeps,
  verified: Verified,
  assignmentId: string | null,
  visit: Visit,
): Promise<Opened & { at: Date }> => {
  const { personId } = verified.credential
  const current = await deps.sessions.findLiveSession(visit.sessionSecret)
  return deps.inTransaction(async (tx) => {
    const assertion = await useCredential(deps, tx, verified)
    const opened = await openFor(deps, tx, current, {
      ...assertion,
      personId,
      assignmentId,
      userAgent: visit.userAgent,
    })
    await deps.record(tx, {
      type: 'signed-in',
      actor: personId,
      person: personId,
      requestId: visit.requestId,
      details: { authenticator: assertion.authenticatorId, session: opened.sessionId, level: assertion.assuranceLevel },
    })
    return { ...opened, at: assertion.at }
  })
}

const nameOf = async (deps: SignInDeps, personId: string): Promise<string> => {
  const person = await deps.findPerson(personId)
  return person ? fullName(person) : ''
}

/** Ends the sign-in and sends the browser on. */
export const goOn = async (
  deps: SignInDeps,
  interaction: Interaction,
  personId: string,
  sessionId: string,
  authenticatedAt: Date,
): Promise<SignInStep> => {
  const person = await deps.findPerson(personId)
  if (!person) throw new Refusal('sign_in_refused')
  return { next: 'continue', url: await interaction.finish({ staffId: person.staffId, sessionId, authenticatedAt }) }
}
