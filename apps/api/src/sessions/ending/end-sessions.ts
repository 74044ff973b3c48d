import type { ClosedWhy, EndedWhy, Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { End, Ended } from './store.ts'

/** The end of sessions at this moment. */
export const endingNow = ({ now, policy }: Pick<LiveSessionDeps, 'now' | 'policy'>, why: EndedWhy): End => {
  const { now: at, startedSince } = limitsAt(now(), policy)
  return { at, why, startedSince }
}

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
    return new Set(ended.map(({ sessionId }) => sessionId)).size
  }
