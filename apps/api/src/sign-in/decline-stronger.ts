import type { SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { interactionOf, type SignInDeps } from './deps.ts'
import { goOn } from './finish-sign-in.ts'
import { isProvedFor, stageOf } from './stage.ts'

/**
 * Goes on without a stronger check, where the application wished for one; where it demands one, goes back to it, with an
 * error that says so. Nothing is proved by this, and the level stays what it was.
 * @throws Refusal `sign_in_unknown`, `not_signed_in`, and `stronger_check_not_asked` where there is none to decline
 */
export const declineStronger =
  (deps: SignInDeps) =>
  async ({ interaction: id }: { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    const stage = await stageOf(deps, interaction, await deps.sessions.findLiveSession(visit.sessionSecret))
    if (stage.kind === 'authenticate') throw new Refusal('not_signed_in')
    if (stage.kind === 'role') throw new Refusal('stronger_check_not_asked')

    const { session, lack } = stage
    const { personId, staffId, sessionId, authenticatorId, authenticatedAt } = session
    await deps.recordAlone({
      type: 'stronger-check-declined',
      outcome: lack.demanded ? 'refused' : 'done',
      actor: personId,
      person: personId,
      client: interaction.clientId,
      requestId: visit.requestId,
      details: { session: sessionId, authenticator: authenticatorId, asked: lack.acrs, demanded: lack.demanded },
    })
    const end = lack.demanded ? interaction.giveUp : interaction.goOnWithout
    return goOn(end, { staffId, sessionId, authenticatedAt, isProved: isProvedFor(interaction, session) })
  }
