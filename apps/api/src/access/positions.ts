import { type Now, newId, type Transaction } from '#kernel'
import type { AccessStore, NewPosition } from './store.ts'

interface Deps {
  store: AccessStore
  now: Now
}

/** Adds an organisation, or brings the one with this code up to date. Returns its id. */
export const putOrganisation =
  (deps: Deps) =>
  async (
    tx: Transaction,
    organisation: { code: string; name: string; parentId?: string | undefined },
  ): Promise<string> => {
    const row = await deps.store.putOrganisation(tx, newId(), organisation)
    if (!row) throw new Error('An organisation was neither added nor found')
    return row.id
  }

/**
 * Adds a position with its activities and workgroups, or brings the one of this name at the organisation up to date.
 * The caller records it, and has asked whether it may be.
 * @returns its id
 */
export const putPosition =
  (deps: Deps) =>
  async (tx: Transaction, position: NewPosition): Promise<string> => {
    const row = await deps.store.putPosition(tx, newId(), position, deps.now())
    if (!row) throw new Error('A position was neither added nor found')
    await deps.store.setActivities(tx, row.id, position.activities ?? [])
    await deps.store.setWorkgroups(tx, row.id, position.workgroups ?? [])
    return row.id
  }
