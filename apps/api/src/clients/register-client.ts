import type { ClientMetadata } from '@fobwatch/contracts'
import { hashOf, newId, type Transaction } from '#kernel'
import type { ClientDeps } from './deps.ts'
import type { Api } from './store.ts'

export interface NewClient {
  /** The `client_id`. */
  id: string
  /** What people read when they sign in: "to carry on to …". */
  name: string
  /** For a confidential client; only its hash is kept. */
  secret?: string
  metadata: ClientMetadata
  /** The APIs that it may ask access tokens for, which are defined with it. */
  apis: Api[]
}

/**
 * Registers a relying application of this checkout's own, or replaces what is registered under its id, its APIs and its
 * secret with it. What somebody else wrote is looked at first, and comes by `createClient` and `replaceClient`.
 */
export const registerClient =
  ({ store, now }: Pick<ClientDeps, 'store' | 'now'>) =>
  async (tx: Transaction, { id, name, secret, metadata, apis }: NewClient): Promise<void> => {
    const at = now()
    await store.upsert(tx, { id, name, metadata }, at)
    for (const api of apis) await store.saveApi(tx, api)
    await store.allowApis(
      tx,
      id,
      apis.map(({ resource }) => resource),
    )
    await store.endOthers(tx, id, null, at)
    if (secret) await store.addSecret(tx, { id: newId(), clientId: id, hash: hashOf(secret), at })
  }
