import type { EndedWhy } from '#kernel'
import { type EndSome, inBatches, type OverdueDeps } from './end-overdue.ts'

/** Whatever the clock was that a session was opened by. */
const everSoLate = new Date('9999-12-31T00:00:00Z')

/**
 * Ends every session of everybody, and tells their applications.
 * @returns how many ended
 */
export const endAll =
  (deps: OverdueDeps) =>
  (why: EndedWhy): Promise<number> => {
    const any: EndSome = (tx, end, most) => deps.store.endOld(tx, everSoLate, most, end)
    return inBatches(deps, why, any)
  }
