import type { EndedSessions } from '@fobwatch/contracts'
import type { RecordEvent } from '#audit'
import { type SignedIn, type Visit, visitor } from '#http'
import { type InTransaction, Refusal, type Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { endingNow, tellApplications } from '../ending/end-sessions.ts'
import type { Ended } from '../ending/store.ts'
import { requireLive } from '../require-live.ts'

export interface EndDeps extends LiveSessionDeps {
  inTransaction: InTransaction
  record: RecordEvent
}

/** Notes which of a person's sessions they ended, and from which. */
const recordEach = async (
  { record }: EndDeps,
  tx: Transaction,
  by: SignedIn,
  ended: readonly Ended[],
  visit: Visit,
) => {
  const ids = [...new Set(ended.map(({ sessionId }) => sessionId))]
  for (const session of ids)
    await record(tx, {
      type: session === by.sessionId ? 'signed-out' : 'signed-out-elsewhere',
      actor: by.personId,
      person: by.personId,
      requestId: visit.requestId,
      details: session === by.sessionId ? { session } : { session, from: by.sessionId },
    })
  return ids.length
}

/**
 * Ends one of a person's own sessions, and tells its applications.
 * @throws Refusal `not_signed_in`; `not_found` for another person's, and for one that has ended
 */
export const endMine =
  (deps: EndDeps) =>
  async ({ id }: { id: string }, visit: Visit): Promise<void> => {
    const by = visitor(visit)
    const isHere = id === by.sessionId
    await deps.inTransaction(async (tx) => {
      await requireLive(deps)(tx, by)
      const end = endingNow(deps, isHere ? 'signed-out' : 'signed-out-elsewhere')
      const ended = await deps.store.endOneOf(tx, by.personId, id, end)
      if (ended.length === 0) throw new Refusal('not_found')
      await tellApplications(deps, tx, ended, end)
      await recordEach(deps, tx, by, ended, visit)
    })
    if (isHere) visit.clearSessionCookie()
  }

/**
 * Ends all of a person's sessions but this one, and tells their applications.
 * @returns how many ended
 * @throws Refusal `not_signed_in`
 */
export const endMyOthers =
  (deps: EndDeps) =>
  async (_input: unknown, visit: Visit): Promise<EndedSessions> => {
    const by = visitor(visit)
    const ended = await deps.inTransaction(async (tx) => {
      await requireLive(deps)(tx, by)
      const end = endingNow(deps, 'signed-out-elsewhere')
      const all = await deps.store.endOfPerson(tx, by.personId, by.sessionId, end)
      await tellApplications(deps, tx, all, end)
      return recordEach(deps, tx, by, all, visit)
    })
    return { ended }
  }
