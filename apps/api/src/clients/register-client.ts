import type { ClientMetadata } from '@fobwatch/contracts'
import { hashOf, type Now, type Transaction } from '#kernel'
import type { Api, clientStore } from './store.ts'

export interface NewClient {
  /** The `client_id`. */
  id: string
  /** What people read when they sign in: "to carry on to …". */
  name: string
  /** For a confidential client; only its hash is kept. */
  secret?: string
  metadata: ClientMetadata
  /** The APIs that it may ask access tokens for. */
  apis: Api[]
}

/** Registers a relying application, or replaces what is registered under its id. */
export const registerClient =
  ({ store, now }: { store: ReturnType<typeof clientStore>; now: Now }) =>
  (tx: Transaction, { id, name, secret, metadata, apis }: NewClient): Promise<void> =>
    store.save(tx, { id, name, secretHash: secret ? hashOf(secret) : null, metadata }, apis, now())
