import type { Deps } from '../deps.ts'
import { changeStatus } from './change-status.ts'

const batch = 100

/**
 * Writes down, records and tells of every authenticator whose time is over, though it opens nothing since then anyway.
 * @returns how many
 */
export const expireOverdue = (deps: Deps) => async (): Promise<number> => {
  let expired = 0
  for (;;) {
    const overdue = await deps.store.overdue(deps.now(), batch)
    for (const authenticator of overdue) {
      const change = { ...authenticator, because: null, by: { as: 'service', actor: null } } as const
      if (await deps.inTransaction((tx) => changeStatus(deps, tx, 'expire', change))) expired += 1
    }
    if (overdue.length < batch) return expired
  }
}
