import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { acrFor } from '#assurance'
import { claimsByName, oidcScopes } from '../scopes.ts'
import type { Lookups } from '../storage/lookups.ts'
import { askedCheckOf } from './asked-check.ts'

/**
 * What the application may have in this session. Staff are not asked for consent: their employer registered the
 * application, for every scope that it may ask for. So the grant is the session's row for this application, and the `sid`
 * is the session's own, the same for all of them. The row is made when nothing is asked any more: `joinWhenDone`.
 */
export const loadExistingGrant =
  (lookups: Lookups, provider: () => Provider) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { session, client } = ctx.oidc
    const secret = session?.jti
    const live = secret ? await lookups.session(secret) : undefined
    if (!live || !session || !client) return undefined

    // Our session is the truth about how its person signed in; the library's copy may lag behind it.
    session.amr = live.amr
    session.loginTs = Math.floor(live.authenticatedAt.getTime() / 1000)
    session.acr = acrFor(askedCheckOf(ctx.oidc.params ?? {}, client).named, live.acr)
    session.sidFor(client.clientId, live.sessionId)
    const Grant = provider().Grant
    const grant = new Grant({ accountId: live.staffId, clientId: client.clientId })
    grant.addOIDCScope(oidcScopes.join(' '))
    grant.addOIDCClaims(claimsByName)
    for (const [resource, server] of Object.entries(ctx.oidc.resourceServers ?? {}))
      grant.addResourceScope(resource, server.scope ?? '')
    return grant
  }
