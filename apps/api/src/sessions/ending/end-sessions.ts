import type { ClosedWhy, EndedWhy, PersonEndedWhy, Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import type { End, Ended } from './store.ts'

/** The end of sessions at this moment. */
export const endingNow = ({ now }: Pick<LiveSessionDeps, 'now'>, why: EndedWhy): End => ({ at: now(), why })

/** Publishes the end of sessions to every application that took part: the one place that does, whatever ended them. */
export const tellApplications = async (
  { publish }: Pick<LiveSessionDeps, 'publish'>,
  tx: Transaction,
  ended: readonly Ended[],
  { why }: Pick<End, 'why'>,
): Promise<void> => {
  for (const { sessionId: session, personId: person, clientId: client } of ended)
    if (client) await publish(tx, { kind: 'session-ended', session, client, person, why })
}

/** Ends a session; whether it was still open. Every token of it is dead from then on. */
export const endSession =
  (deps: LiveSessionDeps) =>
  async (tx: Transaction, sessionId: string, why: EndedWhy): Promise<boolean> => {
    const end = endingNow(deps, why)
    const ended = await deps.store.end(tx, sessionId, end)
    await tellApplications(deps, tx, ended, end)
    return ended.length > 0
  }

/**
 * Ends the sessions that an authenticator opened, and what applications were given with it in a session that has gone on
 * with another: those applications are told that it ended for them.
 * @returns how many sessions ended
 */
export const endSessionsOf =
  (deps: LiveSessionDeps) =>
  async (tx: Transaction, authenticatorId: string, why: ClosedWhy): Promise<number> => {
    const end = endingNow(deps, why)
    const { ended, revoked } = await deps.store.endOpenedWith(tx, authenticatorId, end)
    await tellApplications(deps, tx, [...ended, ...revoked], end)
    return howMany(ended)
  }

/** How many sessions these are, each of which is there once for each of its applications. */
export const howMany = (ended: readonly Ended[]): number => new Set(ended.map(({ sessionId }) => sessionId)).size

/**
 * Ends all sessions of a person, and tells their applications. Whoever says of them that they may not log in any more calls
 * this in the same transaction: what has ended does not come back, should they be let in again.
 * @returns how many sessions ended
 */
export const endSessionsOfPerson =
  (deps: LiveSessionDeps) =>
  async (tx: Transaction, personId: string, why: PersonEndedWhy): Promise<number> => {
    const end = endingNow(deps, why)
    const ended = await deps.store.endOfPerson(tx, personId, null, end)
    await tellApplications(deps, tx, ended, end)
    return howMany(ended)
  }
