import type { FinishSignIn, SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { fullName } from '#people'
import type { Opened } from '#sessions'
import { bindingOf } from './begin-sign-in.ts'
import { interactionOf, type SignInDeps } from './deps.ts'
import type { Interaction } from './interaction.ts'
import { roleStep } from './rules.ts'
import { detailsOf, useCredential } from './use-credential.ts'
import { recordingRefusals, type Verified, verifyAssertion } from './verify-assertion.ts'

/**
 * Signs in whoever answered the challenge, and says what comes next.
 * @returns the roles to choose from, or where the browser goes on to
 * @throws Refusal `sign_in_unknown`, `challenge_unknown`, the ceremony's own; `sign_in_refused` for everything that depends
 *   on what we know of the credential (WebAuthn L3 §7.2), and only to whoever made a valid assertion with it
 *   `credential_removed`, `credential_suspended`, `credential_expired`, or `policy_refuses` with reasons
 */
export const finishSignIn =
  (deps: SignInDeps) =>
  async ({ interaction: id, response }: FinishSignIn & { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    return recordingRefusals(deps, visit, response, async () => {
      const verified = await verifyAssertion(deps, {
        boundTo: bindingOf(id, visit),
        response,
        clientId: interaction.clientId,
      })
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
  const browser = { secret: visit.browser(), sessionSecret: visit.sessionSecret }
  return useCredential(deps, verified, visit, async (tx, assertion) => {
    const opened = await deps.sessions.openSession(tx, browser, {
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
      details: { session: opened.sessionId, ...detailsOf(assertion) },
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
