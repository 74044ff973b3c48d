import type { Transaction } from '#kernel'
import type { ClientDeps } from '../deps.ts'

/** Keeps the APIs of the service itself among those that clients can be registered for, as this version has them. */
export const keepOwnApis =
  ({ store, ownApis }: Pick<ClientDeps, 'store' | 'ownApis'>) =>
  async (tx: Transaction): Promise<void> => {
    for (const api of ownApis) await store.saveApi(tx, api)
  }
