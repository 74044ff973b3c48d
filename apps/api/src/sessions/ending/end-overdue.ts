import type { EndedWhy, InTransaction, Transaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import { endingNow, howMany, tellApplications } from './end-sessions.ts'
import type { End, Ended } from './store.ts'

/** So many at once, so that no transaction is long. */
const batch = 100

export type OverdueDeps = LiveSessionDeps & { inTransaction: InTransaction }
export type EndSome = (tx: Transaction, end: End, most: number) => Promise<Ended[]>

/** Ends batch after batch, each in a transaction, until one is not full. @returns how many ended */
export const inBatches = async (deps: OverdueDeps, why: EndedWhy, endSome: EndSome): Promise<number> => {
  let all = 0
  for (let ended = batch; ended === batch; all += ended)
    ended = await deps.inTransaction(async (tx) => {
      const end = endingNow(deps, why)
      const found = await endSome(tx, end, batch)
      await tellApplications(deps, tx, found, end)
      return howMany(found)
    })
  return all
}

/**
 * Ends the sessions that have lasted as long as a session may, idle ones too, and those of people who may not log in, and
 * tells their applications. They are dead already, by their times and by their person; this is for the applications, which
 * keep sessions of their own, and so that nothing comes back with a person whose status was changed past
 * `endSessionsOfPerson`.
 * @returns how many ended
 */
export const endOverdue = (deps: OverdueDeps) => async (): Promise<number> => {
  const { store, policy } = deps
  const old: EndSome = (tx, end, most) => store.endOld(tx, limitsAt(end.at, policy).startedSince, most, end)
  const of =
    (status: string): EndSome =>
    (tx, end, most) =>
      store.endOfInactive(tx, status, most, end)
  return (
    (await inBatches(deps, 'expired', old)) +
    (await inBatches(deps, 'person-suspended', of('suspended'))) +
    (await inBatches(deps, 'person-closed', of('closed')))
  )
}
