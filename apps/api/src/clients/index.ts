/**
 * Clients: the relying applications and the APIs that they may call. Owns client, api and client_api.
 * Invariant: a client's secret is kept as a hash only.
 * Neighbours: oidc asks for a client by its id, and for an API by its resource indicator.
 */
import type { Now } from '#kernel'
import { registerClient } from './register-client.ts'
import { clientStore, type Store } from './store.ts'

export type { NewClient } from './register-client.ts'
export type { Api, StoredClient } from './store.ts'

export const createClients = (deps: { store: Store; now: Now }) => {
  const store = clientStore(deps.store)
  return {
    findClient: store.find,
    /** The API, if this client may call it. */
    findApi: store.findApi,
    /** Every scope that some API knows. */
    apiScopes: store.scopes,
    registerClient: registerClient({ store, now: deps.now }),
  }
}
