import { Refusal, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'

/**
 * Somebody whom a command names, held until the transaction ends: whatever becomes of their profile meanwhile comes before
 * this, and is seen, or after it, and finds what this leaves.
 * @returns their row id
 * @throws Refusal `not_found`; `not_allowed` for anyone whose profile is not active
 */
export const holdActive = async ({ store }: Pick<Deps, 'store'>, tx: Transaction, staffId: string): Promise<string> => {
  const person = await store.findAnyone(staffId, tx)
  if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])
  await store.lockPeople(tx, [person.id])
  const held = await store.findAnyone(staffId, tx)
  if (held?.status !== 'active') throw new Refusal('not_allowed', undefined, ['This profile is paused or closed.'])
  return person.id
}
