import { type Now, newId, type Transaction } from '#kernel'
import type { NewOrganisation, NewPosition, PositionStore } from './store.ts'

interface Deps {
  store: PositionStore
  now: Now
}

/** Adds an organisation and returns its id. A code that is taken is a unique violation. */
export const addOrganisation =
  ({ store }: Pick<Deps, 'store'>) =>
  async (tx: Transaction, organisation: NewOrganisation): Promise<string> => {
    const id = newId()
    await store.addOrganisation(tx, id, organisation)
    return id
  }

/**
 * Adds a position with its activities and workgroups; the caller records it, and has asked whether it may be. It never
 * changes a position that is there, since that would change what everyone in it may do: a name that is taken at the
 * organisation is a unique violation.
 * @returns its id
 */
export const addPosition =
  ({ store, now }: Deps) =>
  async (tx: Transaction, position: NewPosition): Promise<string> => {
    const id = newId()
    await store.addPosition(tx, id, position, now())
    return id
  }
