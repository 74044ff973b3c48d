import { type Now, Refusal, type Transaction } from '#kernel'
import type { PositionChange, ProfileStore } from './store.ts'

interface Deps {
  store: ProfileStore
  now: Now
}

/**
 * Changes a position for everybody in it, if it is the version that was looked at. The caller records it, and has asked
 * whether it may be; a name that is taken at the organisation is a unique violation.
 * @returns its version from then on
 * @throws Refusal `position_changed` for another version, and for one that is retired
 */
export const changePosition =
  ({ store }: Pick<Deps, 'store'>) =>
  async (tx: Transaction, id: string, to: PositionChange): Promise<number> => {
    const version = await store.change(tx, id, to)
    if (version === undefined) throw new Refusal('position_changed')
    return version
  }

/**
 * Retires a position: it is given to nobody any more, and whoever has it keeps it.
 * @returns its version from then on
 * @throws Refusal as `changePosition` does
 */
export const retirePosition =
  ({ store, now }: Deps) =>
  async (tx: Transaction, id: string, version: number): Promise<number> => {
    const next = await store.retire(tx, id, version, now())
    if (next === undefined) throw new Refusal('position_changed')
    return next
  }
