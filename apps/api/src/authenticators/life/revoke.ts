import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { type By, changeStatus } from './change-status.ts'
import type { Deed } from './suspend.ts'

/**
 * Revokes an authenticator for good, by the desk or by command. Its public key is kept, and the credential is never given
 * to anybody again.
 * @throws Refusal `not_found` when the person has no such authenticator
 */
export const revoke =
  (deps: Deps) =>
  async (tx: Transaction, { because, ...deed }: Deed & { because: 'desk' | 'left' }): Promise<void> => {
    if (!(await changeStatus(deps, tx, 'revoke', { ...deed, because }))) throw new Refusal('not_found')
  }

/** Keeps what a person logs in with as it is until the transaction ends, for a deed that ends sessions before. */
export const holdAllOf =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (tx: Transaction, personId: string): Promise<void> =>
    void (await store.lockOf(tx, personId, now()))

/**
 * Revokes everything that somebody who leaves logs in with.
 * @returns how many
 */
export const revokeAllOf =
  (deps: Deps) =>
  async (tx: Transaction, personId: string, by: By): Promise<number> => {
    const held = await deps.store.lockOf(tx, personId, deps.now())
    for (const { id } of held) await changeStatus(deps, tx, 'revoke', { id, personId, because: 'left', by })
    return held.length
  }
