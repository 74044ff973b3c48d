/**
 * OpenID Connect: a session becomes a code, and a code becomes tokens. Owns oidc_token, oidc_transient and oidc_replay,
 * and the protocol's endpoints. The only room that knows the OIDC library.
 * Invariant: nothing about a person is issued or honoured but on a grant that is alive, and a grant is a live session's row
 * for one application; codes, refresh tokens and pushed requests are spent by one compare-and-set.
 * Neighbours: sessions is the truth that the library's session and grants are derived from; sign-in drives the
 * interactions; clients and keys tell who may ask and what signs.
 * Inside: `interaction` decides what a person must do first, `clients` how applications prove themselves, `tokens` what
 * each token says and is good for, `storage` where the library keeps things, and `library` what we change about it.
 */
import type { FastifyInstance } from 'fastify'
import type { Signer } from '#keys'
import { currentProvider } from './current-provider.ts'
import type { OidcDeps } from './deps.ts'
import { findInteraction } from './interaction/interactions.ts'
import { calmFetch } from './library/calm-fetch.ts'
import { tellingUnavailable } from './library/telling-unavailable.ts'
import { mount } from './mount.ts'
import { createProvider } from './provider.ts'
import { forgetExpired } from './storage/forget-expired.ts'
import { signInSeal } from './storage/sign-in-seal.ts'
import { oidcStore, type Store } from './storage/store.ts'
import { admitApplication } from './tokens/own-apis.ts'

export { busyPage } from './interaction/pages.ts'
export { isProtocolEndpoint } from './mount.ts'
export { oidcScopes } from './scopes.ts'
export type { Admission, OwnApi } from './tokens/own-apis.ts'

type Deps = Omit<OidcDeps, 'store' | 'signIns'> & {
  /** 32 bytes: seals sign-ins that are in progress. */
  signInKey: Buffer
  store: Store
  keys: {
    /** All keys that are published now, of each algorithm the one that signs first; the same array until it changes. */
    signers: () => readonly Signer[]
    /** Looks which keys there are by now. */
    look: () => Promise<void>
  }
}

/** Opens the room. */
export const createOidc = ({ store, keys, ...rest }: Deps) => {
  const { tokens, transient, ...seen } = oidcStore(store)
  const tell = tellingUnavailable(rest.isUnavailable)
  const { findClient, findApi, findPersonByStaffId, findRole, rolesOf, rolesHeldBy, organisationsOf } = rest
  const { professionsOf, inTransaction, recordAlone, mayGoOn, waysThatDo } = rest
  const deps: OidcDeps = {
    ...rest,
    signIns: signInSeal(rest.signInKey),
    fetchOutbound: calmFetch(rest.fetchOutbound, rest.now),
    ...tell({ findClient, findApi, findPersonByStaffId, findRole, rolesOf, rolesHeldBy, organisationsOf }),
    ...tell({ professionsOf, inTransaction, recordAlone, mayGoOn, waysThatDo }),
    sessions: tell(rest.sessions),
    store: { tokens: tell(tokens), transient: tell(transient), ...tell(seen) },
  }
  const current = currentProvider(keys.signers, (signers) => createProvider(deps, signers))
  // What it refuses to be made with is known at start.
  current()
  return {
    findInteraction: findInteraction(() => current().provider),
    mount: (app: FastifyInstance) =>
      mount(app, () => current().handle, keys.look, rest.limits.floods, rest.knownBrowser),
    forgetExpired: forgetExpired(deps.store),
    /** Forgets every code and token. @returns how many tokens */
    forgetAll: seen.forgetAll,
    admitApplication: admitApplication({
      issuer: rest.issuer,
      findClient,
      findApi,
      signers: keys.signers,
      isNew: seen.isNew,
    }),
  }
}

export type Oidc = ReturnType<typeof createOidc>
