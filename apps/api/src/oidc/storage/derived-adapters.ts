import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider'
import { clientMetadata } from '../clients/client-metadata.ts'
import type { OidcDeps } from '../deps.ts'
import { requestIdOf } from '../library/request-id.ts'
import { claimsByName, oidcScopes } from '../scopes.ts'
import type { Lookups } from './lookups.ts'

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

const nothing: Adapter = {
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  upsert: async () => {},
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
}

const expiryOf = (deps: OidcDeps, createdAt: Date) => seconds(createdAt) + deps.sessionMaxMinutes * 60

/**
 * The library's session, derived from ours at every look: its id is the secret in the cookie. Only what a sign-out must
 * remember is written. The library makes one up for a browser that nobody is signed in to; of that one nothing is kept.
 */
export const sessionAdapter = (deps: OidcDeps, lookups: Lookups): Adapter => ({
  ...nothing,
  find: async (secret): Promise<AdapterPayload | undefined> => {
    const session = await lookups.session(secret)
    if (!session) return undefined
    return {
      kind: 'Session',
      jti: secret,
      uid: session.sessionId,
      accountId: session.staffId,
      loginTs: seconds(session.authenticatedAt),
      amr: session.amr,
      // Without an expiry of its own: the browser forgets the cookie when it is closed.
      transient: true,
      iat: seconds(session.createdAt),
      exp: expiryOf(deps, session.createdAt),
      ...(session.signOutState && { state: session.signOutState }),
    }
  },
  upsert: async (_secret, payload) => {
    if (payload.accountId && payload.state && payload.uid) await deps.sessions.keepSignOut(payload.uid, payload.state)
  },
  destroy: async (secret) => {
    const session = await lookups.session(secret)
    if (session) await deps.sessions.signOut(session, requestIdOf())
  },
})

/** The APIs that an application may call, and the scopes of each, divided by spaces. */
const resourcesOf = async (
  { findClient, findApi }: Pick<OidcDeps, 'findClient' | 'findApi'>,
  clientId: string,
): Promise<Record<string, string>> => {
  const { resources = [] } = (await findClient(clientId)) ?? {}
  const apis = await Promise.all(resources.map((resource) => findApi(clientId, resource)))
  return Object.fromEntries(apis.flatMap((api) => (api ? [[api.resource, api.scopes.join(' ')]] : [])))
}

/** The library's grant, derived from a session's row for the application: it may have every scope it is registered for. */
export const grantAdapter = (deps: OidcDeps, lookups: Lookups): Adapter => ({
  ...nothing,
  find: async (id): Promise<AdapterPayload | undefined> => {
    const grant = await lookups.grant(id)
    if (!grant) return undefined
    return {
      kind: 'Grant',
      jti: id,
      accountId: grant.staffId,
      clientId: grant.clientId,
      openid: { scope: oidcScopes.join(' '), claims: claimsByName },
      resources: await resourcesOf(deps, grant.clientId),
      iat: seconds(grant.createdAt),
      exp: expiryOf(deps, grant.createdAt),
    }
  },
  // The library lets go of a grant when its client asks, and when a code or a refresh token is used again.
  destroy: (id) => {
    const asked = Provider.ctx?.oidc.route === 'revocation'
    return deps.sessions.revokeGrant(id, asked ? 'asked' : 'used-twice', requestIdOf())
  },
})

/** The library's client, from the room that registers them. */
export const clientAdapter = ({ findClient }: OidcDeps): Adapter => ({
  ...nothing,
  find: async (id) => {
    const client = await findClient(id)
    return client && clientMetadata(client)
  },
})
