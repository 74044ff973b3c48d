import type { FinishSignIn, SignInStep } from '@fobwatch/contracts'
import { telling } from '#authenticators'
import type { Visit } from '#http'
import { hashOf } from '#kernel'
import type { LiveSession } from '#sessions'
import { bindingOf } from './begin-sign-in.ts'
import { interactionOf, nameOf, type SignInDeps } from './deps.ts'
import type { Interaction, SignedInAs } from './interaction.ts'
import { openAndRecord } from './open-and-record.ts'
import { roleStep } from './rules.ts'
import { type Stage, stageOf, strongerFor } from './stage.ts'
import { recordingRefusals, type Verified, verifyAssertion } from './verify-assertion.ts'

/**
 * Signs in whoever answered the challenge, and says what comes next.
 * @returns that a stronger check is asked for, the roles to choose from, or where the browser goes on to
 * @throws Refusal `sign_in_unknown`, `challenge_unknown`, the ceremony's own; `sign_in_refused` for everything that depends
 *   on what we know of the credential (WebAuthn L3 §7.2), somebody else's in answer to a stronger check included, and only
 *   to whoever made a valid assertion with it `credential_removed`, `credential_suspended`, `credential_expired`, or
 *   `policy_refuses` with reasons
 */
export const finishSignIn =
  (deps: SignInDeps) =>
  (
    { interaction: id, response, shared = false }: FinishSignIn & { interaction: string },
    visit: Visit,
  ): Promise<SignInStep> =>
    telling(deps.tellCeremony, 'sign-in', async (seen) => {
      const interaction = await interactionOf(deps, id, visit)
      const before = await deps.sessions.lookAtSession(visit.sessionSecret)
      const stage = await stageOf(deps, interaction, before)
      return recordingRefusals(deps, visit, response, async () => {
        const verified = await verifyAssertion(deps, {
          boundTo: bindingOf(id, visit),
          response,
          clientId: interaction.clientId,
          withRoles: interaction.wantsRole,
          seen,
          ...(await expectedAt(deps, stage)),
        })
        return signInWith(deps, interaction, { verified, before, shared: shared || visit.isShared }, visit)
      })
    })

/**
 * A stronger check is asked of the person who is signed in, by the names of their credentials, so that a security key may
 * leave its user handle out (CTAP 2.2 §6.2.2).
 */
const expectedAt = async ({ findPerson }: SignInDeps, stage: Stage) => {
  if (stage.kind !== 'stronger' || stage.ways.length === 0) return {}
  const person = await findPerson(stage.session.personId)
  return person ? { userHandle: person.userHandle } : {}
}

const signInWith = async (
  deps: SignInDeps,
  interaction: Interaction,
  /** What was proved, the session that the browser had, and whether other people use it too. */
  { verified, before, shared }: { verified: Verified; before: LiveSession | undefined; shared: boolean },
  visit: Visit,
): Promise<SignInStep> => {
  const { personId, staffId } = verified.credential
  const roles = await deps.inOrderOfUse(personId, verified.credential.roles)
  // A role holds for its session, through stronger checks and fresh ones, unless it is to be asked for afresh.
  const holds = before?.personId === personId && !interaction.rolesAfresh
  const step = roleStep(interaction.wantsRole, roles, holds ? before.assignmentId : null)
  const assignmentId = step.kind === 'take' ? step.role : null
  const opened = await openAndRecord(
    deps,
    { verified, assignmentId, shared, assertedIn: hashOf(interaction.id) },
    visit,
  )
  visit.setSessionCookie(opened.secret, personId)
  if (await strongerFor(deps, interaction, { personId, acr: verified.verdict.acr })) return { next: 'stronger' }
  if (step.kind === 'choose') return { next: 'role', name: await nameOf(deps, personId), roles }
  return goOn(interaction.finish, { staffId, sessionId: opened.sessionId, authenticatedAt: opened.at, isProved: true })
}

/** Ends the sign-in, in one of its ways, and sends the browser on. */
export const goOn = async (end: Interaction['finish'], as: SignedInAs): Promise<SignInStep> => ({
  next: 'continue',
  url: await end(as),
})
