import type { Now, Transaction } from '#kernel'
import type { AssignmentStore, HeldPosition } from './store.ts'

interface Deps {
  store: AssignmentStore
  now: Now
  /** When the person last worked in each role, by assignment id; sessions know. */
  lastUseOf: (personId: string) => Promise<ReadonlyMap<string, Date>>
}

/** A position of a person's, and when they last worked in it. */
export interface UsedPosition extends HeldPosition {
  lastUsedAt: Date | null
}

/** Every position that a person has, will have or had: those that are not over first, the newest of each first. */
export const assignmentsOf =
  ({ store, now, lastUseOf }: Deps) =>
  async (personId: string): Promise<UsedPosition[]> => {
    const [held, lastUse] = await Promise.all([store.assignmentsOf(personId, now()), lastUseOf(personId)])
    return held.map((each) => ({ ...each, lastUsedAt: lastUse.get(each.id) ?? null }))
  }

/** One of them, within a deed. */
export const findAssignment =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  (tx: Transaction, personId: string, id: string): Promise<HeldPosition | undefined> =>
    store.findAssignment(tx, personId, id, now())
