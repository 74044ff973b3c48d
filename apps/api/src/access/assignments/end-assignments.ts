import { type Now, Refusal, type Transaction } from '#kernel'
import type { AssignmentStore, Dates, EndedAssignment } from './store.ts'

const latest = (a: Date, b: Date): Date => (a > b ? a : b)

interface Deps {
  store: AssignmentStore
  now: Now
}

/** Whose it is, and who does it: the id of a person's row, or nobody when the service itself does. */
export interface AssignmentDeed {
  personId: string
  id: string
  by: string | null
}

/**
 * Ends an assignment: whoever works in it has no role from this moment. The caller records it, and has asked whether it
 * may be.
 * @throws Refusal `assignment_not_so` when it is over
 */
export const endAssignment =
  ({ store, now }: Deps) =>
  async (tx: Transaction, { personId, id, by }: AssignmentDeed): Promise<void> => {
    if (!(await store.endOne(tx, personId, id, now(), by))) throw new Refusal('assignment_not_so')
  }

/**
 * Ends every assignment of somebody who leaves, those that are yet to begin too.
 * @returns those that it ended; the caller records them
 */
export const endAssignmentsOf =
  ({ store, now }: Deps) =>
  (tx: Transaction, personId: string, by: string | null = null): Promise<EndedAssignment[]> =>
    store.endAll(tx, personId, now(), by)

/**
 * Gives an assignment new dates. What has begun keeps its start.
 * @throws Refusal `assignment_dates` for an end that is past or not after the start; `assignment_not_so` when it is over,
 *   or has begun and a start is given
 */
export const changeAssignment =
  ({ store, now }: Deps) =>
  async (tx: Transaction, { personId, id }: AssignmentDeed, dates: Dates): Promise<void> => {
    const at = now()
    const held = await store.findAssignment(tx, personId, id, at)
    if (!held) throw new Refusal('assignment_not_so')
    const startsAt = dates.startsAt && latest(dates.startsAt, at)
    if (dates.expiresAt && dates.expiresAt <= latest(startsAt ?? held.startsAt, at))
      throw new Refusal('assignment_dates')
    if (!(await store.changeDates(tx, personId, id, at, { ...dates, startsAt }))) throw new Refusal('assignment_not_so')
  }
