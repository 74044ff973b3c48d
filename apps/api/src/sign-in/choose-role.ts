import type { ChooseRole, SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import type { LiveSession } from '#sessions'
import { interactionOf, type SignInDeps } from './deps.ts'
import { goOn } from './finish-sign-in.ts'
import { stageOf } from './stage.ts'

/**
 * Takes the role that the person acts in from now on.
 * @throws Refusal `sign_in_unknown`, `not_signed_in`, `role_unknown` when the role is not one that they hold now
 */
export const chooseRole =
  (deps: SignInDeps) =>
  async ({ interaction: id, role }: ChooseRole & { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    const stage = await stageOf(deps, interaction, await deps.sessions.findLiveSession(visit.sessionSecret))
    if (stage.kind !== 'role') throw new Refusal('not_signed_in')
    const { session } = stage
    const held = await deps.rolesHeldBy(session.personId)
    if (!held.some((each) => each.id === role)) {
      await recordRefusal(deps, session, role, visit)
      throw new Refusal('role_unknown')
    }

    await deps.inTransaction(async (tx) => {
      const chosen = await deps.sessions.chooseRole(tx, session.sessionId, role)
      if (chosen === 0) throw new Refusal('not_signed_in')
      await deps.record(tx, {
        type: 'role-chosen',
        actor: session.personId,
        person: session.personId,
        requestId: visit.requestId,
        details: { session: session.sessionId, role },
      })
    })
    return goOn(deps, interaction.finish, session.personId, session.sessionId, session.authenticatedAt)
  }

const recordRefusal = (deps: SignInDeps, { personId, sessionId }: LiveSession, role: string, { requestId }: Visit) =>
  deps.recordAlone({
    type: 'role-chosen',
    outcome: 'refused',
    actor: personId,
    person: personId,
    requestId,
    details: { session: sessionId, role },
  })
