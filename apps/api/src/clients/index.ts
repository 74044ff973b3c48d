/**
 * Clients: the relying applications and the APIs that they may call. Owns client, client_secret, api and client_api.
 * Invariant: what somebody registers is looked at whole before it is kept; a client's secrets are kept as hashes only; and
 * nobody is given anything for a client that is disabled.
 * Neighbours: the desk of `registration-authority` is where operators change them; oidc asks for a client by its id, and
 * for an API by its resource indicator; sessions join whether a client is enabled.
 */
import { defineApi } from './apis/define-api.ts'
import { keepOwnApis } from './apis/keep-own-apis.ts'
import { apiStore } from './apis/store.ts'
import type { ClientDeps } from './deps.ts'
import { clientMemory } from './memory.ts'
import { registerClient } from './register-client.ts'
import { lookAt } from './registration/look-at.ts'
import { createClient, replaceClient } from './registration/save-client.ts'
import { addSecret, endSecret } from './secrets/add-secret.ts'
import { secretStore } from './secrets/store.ts'
import { setDisabled } from './set-disabled.ts'
import { channel, clientStore, type Store, tellingChanges } from './store.ts'
import { findClients, listClients, showClient } from './view.ts'

export type { NewClient } from './register-client.ts'
export type { Written } from './registration/look-at.ts'
export { hasSecrets, whyNoSandbox } from './registration/rules.ts'
export { type Api, isEnabled, isSandbox, type StoredClient } from './store.ts'
export { secretView } from './view.ts'

type Deps = Omit<ClientDeps, 'store'> & { store: Store }

/** Opens the room. */
export const createClients = ({ store, ...rest }: Deps) => {
  const telling = tellingChanges(store)
  const deps: ClientDeps = {
    ...rest,
    store: { ...clientStore(telling), ...apiStore(telling), ...secretStore(telling) },
  }
  const { findClient, findApi, forget } = clientMemory(deps)
  store.listen(channel, forget)
  return {
    findClient,
    /** A client that is registered, enabled or not. */
    findAnyClient: (id: string) => deps.store.findAny(id),
    listClients: listClients(deps),
    findClients: findClients(deps),
    showClient: showClient(deps),
    lookAt: lookAt(deps),
    createClient: createClient(deps),
    replaceClient: replaceClient(deps),
    setDisabled: setDisabled(deps),
    addSecret: addSecret(deps),
    endSecret: endSecret(deps),
    findApi,
    listApis: deps.store.listApis,
    defineApi: defineApi(deps),
    keepOwnApis: keepOwnApis(deps),
    /** Every scope that some API knows. */
    apiScopes: deps.store.scopes,
    registerClient: registerClient(deps),
  }
}

export type Clients = ReturnType<typeof createClients>
