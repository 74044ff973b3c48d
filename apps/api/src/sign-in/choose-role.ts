import type { ChooseRole, SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { interactionOf, type SignInDeps } from './deps.ts'
import { goOn } from './finish-sign-in.ts'
import { isProvedFor, stageOf } from './stage.ts'
import { takeRole } from './take-role.ts'

/**
 * Takes the role that the person acts in from now on, and ends the sign-in.
 * @throws Refusal `sign_in_unknown`, `not_signed_in`, `role_unknown` when the role is not one that they hold now
 */
export const chooseRole =
  (deps: SignInDeps) =>
  async ({ interaction: id, role }: ChooseRole & { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    const stage = await stageOf(deps, interaction, await deps.sessions.findLiveSession(visit.sessionSecret))
    if (stage.kind !== 'role') throw new Refusal('not_signed_in')
    const { session } = stage
    await takeRole(deps, session, role, visit)
    const { staffId, sessionId, authenticatedAt } = session
    const isProved = isProvedFor(interaction, session)
    return goOn(interaction.finish, { staffId, sessionId, authenticatedAt, isProved })
  }
