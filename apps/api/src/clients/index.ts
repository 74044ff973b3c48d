/**
 * Clients: the relying applications and the APIs that they may call. Owns client, client_secret, api and client_api.
 * Invariant: a client's secrets are kept as hashes only, and nobody is given anything for a client that is disabled.
 * Neighbours: oidc asks for a client by its id, and for an API by its resource indicator; sessions join whether a client is
 * enabled.
 */
import { apiStore } from './apis/store.ts'
import type { ClientDeps } from './deps.ts'
import { registerClient } from './register-client.ts'
import { secretStore } from './secrets/store.ts'
import { clientStore, type Store } from './store.ts'

export type { NewClient } from './register-client.ts'
export { hasSecrets } from './registration/rules.ts'
export { type Api, isEnabled, type StoredClient } from './store.ts'

type Deps = Omit<ClientDeps, 'store'> & { store: Store }

/** Opens the room. */
export const createClients = ({ store, ...rest }: Deps) => {
  const deps: ClientDeps = { ...rest, store: { ...clientStore(store), ...apiStore(store), ...secretStore(store) } }
  return {
    /** A client that is enabled. */
    findClient: (id: string) => deps.store.find(id, deps.now()),
    /** A client that is registered, enabled or not. */
    findAnyClient: (id: string) => deps.store.findAny(id),
    /** The API, if this client may call it. */
    findApi: deps.store.findApi,
    /** Every scope that some API knows. */
    apiScopes: deps.store.scopes,
    registerClient: registerClient(deps),
  }
}

export type Clients = ReturnType<typeof createClients>
