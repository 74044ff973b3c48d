import type { InTransaction } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import { endingNow, howMany, tellApplications } from './end-sessions.ts'

/** So many at once, so that no transaction is long. */
const batch = 100

/**
 * Ends the sessions that have lasted as long as a session may, idle ones too, and tells their applications. They are dead
 * already, by their times; this is for the applications, which keep sessions of their own.
 * @returns how many ended
 */
export const endOverdue = (deps: LiveSessionDeps & { inTransaction: InTransaction }) => async (): Promise<number> => {
  let all = 0
  for (let ended = batch; ended === batch; all += ended)
    ended = await deps.inTransaction(async (tx) => {
      const end = endingNow(deps, 'expired')
      const found = await deps.store.endOld(tx, limitsAt(end.at, deps.policy).startedSince, batch, end)
      await tellApplications(deps, tx, found, end)
      return howMany(found)
    })
  return all
}
