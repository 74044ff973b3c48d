import type { ChooseAccount, SignInStep } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import { maybeChosen } from './accounts.ts'
import { interactionOf, type SignInDeps } from './deps.ts'
import { goOn } from './finish-sign-in.ts'
import { stageOf } from './stage.ts'

/**
 * Goes on as one of the people of the sandbox who are signed in in this browser (OpenID Connect Core §3.1.2.1,
 * `select_account`). Nothing is proved by this: what they proved, and when, stays what it was.
 * @throws Refusal `sign_in_unknown`; `account_not_asked` where nobody may be chosen, as at every application that is no
 *   sandbox; `account_unknown` for a session that has ended, that is another browser's, or that nobody may take up
 */
export const chooseAccount =
  (deps: SignInDeps) =>
  async ({ interaction: id, session }: ChooseAccount & { interaction: string }, visit: Visit): Promise<SignInStep> => {
    const interaction = await interactionOf(deps, id, visit)
    const before = await deps.sessions.lookAtSession(visit.sessionSecret)
    const stage = await stageOf(deps, interaction, before)
    if (stage.kind !== 'authenticate' || !maybeChosen(interaction, visit)) throw new Refusal('account_not_asked')

    const event = { type: 'account-chosen', client: interaction.clientId, requestId: visit.requestId } as const
    const details = { from: before?.sessionId ?? null }
    const browser = { secret: visit.browser(), sessionSecret: visit.sessionSecret }
    const taken = await deps.inTransaction(async (tx) => {
      const up = await deps.sessions.takeUpSession(tx, browser, session)
      if (!up) return undefined
      const { personId, sessionId } = up.session
      await deps.record(tx, {
        ...event,
        actor: personId,
        person: personId,
        details: { session: sessionId, ...details },
      })
      return up
    })
    if (!taken) {
      await deps.recordAlone({ ...event, outcome: 'refused', actor: before?.personId ?? null, details })
      throw new Refusal('account_unknown')
    }
    visit.setSessionCookie(taken.secret, taken.session.personId)
    const { staffId, sessionId, authenticatedAt } = taken.session
    return goOn(interaction.choose, { staffId, sessionId, authenticatedAt, isProved: false })
  }
