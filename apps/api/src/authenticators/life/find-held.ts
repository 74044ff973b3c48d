import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { HeldRow } from './store.ts'

/**
 * One of a person's authenticators, with all of theirs locked until the transaction ends, so that deeds about one person
 * come one after another.
 * @throws Refusal `not_found` when the person has no such authenticator
 */
export const findHeld = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  tx: Transaction,
  { id, personId }: { id: string; personId: string },
): Promise<HeldRow> => {
  const held = (await store.lockOf(tx, personId, now())).find((each) => each.id === id)
  if (!held) throw new Refusal('not_found')
  return held
}
