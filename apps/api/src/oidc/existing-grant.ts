import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { acrFor } from '#assurance'
import { isWithin } from '#sessions'
import { askedCheckOf } from './asked-check.ts'
import { settingsOf } from './client-settings.ts'
import type { OidcDeps } from './deps.ts'
import type { Lookups } from './lookups.ts'
import type { MayGoOn } from './may-go-on.ts'
import type { RoleOf } from './role-step.ts'
import { claimsByName, oidcScopes } from './scopes.ts'

/** What is asked about a request besides. */
interface Asking {
  mayGoOn: MayGoOn
  roleOf: RoleOf
}

/**
 * What the application may have in this session. Staff are not asked for consent: their employer registered the
 * application, for every scope that it may ask for. So the grant is the session's row for this application, and the `sid`
 * is the session's own, the same for all of them.
 */
export const loadExistingGrant =
  ({ sessions, now }: OidcDeps, lookups: Lookups, { mayGoOn, roleOf }: Asking, provider: () => Provider) =>
  async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { session, client } = ctx.oidc
    const secret = session?.jti
    const live = secret ? await lookups.session(secret) : undefined
    if (!live || !session || !client) return undefined

    // What the policy is about to refuse takes part in nothing, and is no activity that a second try could build on.
    if (!isWithin(live, settingsOf(client), now())) return undefined

    // Our session is the truth about how its person signed in; the library's copy may lag behind it.
    session.amr = live.amr
    session.loginTs = Math.floor(live.authenticatedAt.getTime() / 1000)
    session.acr = acrFor(askedCheckOf(ctx.oidc.params ?? {}, client).named, live.acr)
    session.sidFor(client.clientId, live.sessionId)
    const Grant = provider().Grant
    const grant = new Grant({ accountId: live.staffId, clientId: client.clientId })
    // An only role is taken on the way, so that what the application is given tells of it.
    const { assignmentId } = await roleOf(ctx)
    // What the policy asks next is asked beside it, so that going on costs no more time.
    const joined = sessions.joinApplication({ ...live, assignmentId }, client.clientId)
    const [grantId] = await Promise.all([joined, mayGoOn(ctx)])
    grant.jti = grantId
    grant.addOIDCScope(oidcScopes.join(' '))
    grant.addOIDCClaims(claimsByName)
    for (const [resource, server] of Object.entries(ctx.oidc.resourceServers ?? {}))
      grant.addResourceScope(resource, server.scope ?? '')
    return grant
  }
