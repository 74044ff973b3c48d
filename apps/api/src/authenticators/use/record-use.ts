import { Refusal, type Transaction } from '#kernel'
import type { Use, UseStore } from './store.ts'

/**
 * Notes that an authenticator was used, by one compare-and-set on its counter (WebAuthn L3 §6.1.1, §7.2 step 22). Of two
 * assertions with one counter only the first is noted, however close they come.
 * @returns `cloned` when the counter did not grow though it should: two devices seem to hold the key
 * @throws Refusal `sign_in_refused` when the authenticator is not active any more
 */
export const recordUse =
  ({ store }: { store: Pick<UseStore, 'recordUse' | 'isUsable'> }) =>
  async (tx: Transaction, use: Use): Promise<'recorded' | 'cloned'> => {
    if ((await store.recordUse(tx, use)) === 1) return 'recorded'
    if (await store.isUsable(tx, use.id, use.at)) return 'cloned'
    throw new Refusal('sign_in_refused', new Error('Not active any more'))
  }
