import { Refusal, type Transaction } from '#kernel'
import type { ClientDeps } from './deps.ts'

type Needs = Pick<ClientDeps, 'store' | 'now' | 'revokeGrantsOf'>

/**
 * Disables a client: nobody is given anything for it, and what it was given is refused from that moment, and is not given
 * back when it is enabled again; or enables it.
 * @returns whether it was not so already
 * @throws Refusal `not_found`
 */
export const setDisabled =
  ({ store, now, revokeGrantsOf }: Needs) =>
  async (tx: Transaction, id: string, disabled: boolean): Promise<boolean> => {
    if (!(await store.lock(tx, id))) throw new Refusal('not_found')
    if ((await store.setDisabled(tx, id, disabled, now())) === 0) return false
    // Both times: a request that was under way may have been given something in between.
    await revokeGrantsOf(tx, id)
    return true
  }
