import type { Account, FindAccount, KoaContextWithOIDC } from 'oidc-provider'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'
import { wantsRole } from '../interaction/role-step.ts'
import { outside } from '../scopes.ts'
import type { Lookups } from '../storage/lookups.ts'
import { claimsOf } from './claims/claims-of.ts'
import { gatherFacts } from './claims/facts.ts'
import { isTokenForApi } from './token-for-api.ts'

/** What the library asks for beside `sub`: for what, under which scopes, and which by name. */
type Asked = [use: string, scope: string, named: Record<string, unknown>]

/**
 * What is looked up for a token or an answer. The ID token of an application that can ask userinfo says nothing of what
 * stands there (OpenID Connect Core §5.4).
 */
const lookedUp = (ctx: KoaContextWithOIDC, use: string, scopes: ReadonlySet<string>): ReadonlySet<string> =>
  use === 'id_token' && !isTokenForApi(ctx) ? new Set() : scopes

/**
 * What is left out though the library would tell it: claims that stand in every ID token whose application asked for them,
 * where it did not; and claims past the scopes of the registration, asked for by name or when it had more.
 */
const unasked = (ctx: KoaContextWithOIDC, scopes: ReadonlySet<string>, named: Record<string, unknown>): string[] => [
  ...(ctx.oidc.client && wantsRole(scopes, ctx.oidc.client) ? [] : ['selected_roleid']),
  ...(scopes.has('assurance') || 'assurance_reasons' in named ? [] : ['assurance_reasons']),
  ...outside(ctx.oidc.client?.scope),
]

/**
 * Whether somebody may log in. A grant or a session that was found alive for the request at hand says so: neither is while
 * its person is not active.
 */
const isActive = async (
  lookups: Lookups,
  { oidc: { session } }: KoaContextWithOIDC,
  staffId: string,
  token: { grantId?: string | undefined } | undefined,
): Promise<boolean> => {
  const grant = token?.grantId ? await lookups.grant(token.grantId) : undefined
  if (grant?.staffId === staffId) return true
  const live = session?.jti ? await lookups.session(session.jti) : undefined
  return live?.staffId === staffId || (await lookups.person(staffId))?.status === 'active'
}

/**
 * The library's account: a person by their staff id. A suspended or closed person is found by nobody.
 * Claims come from the grant's session, so that a token tells how its own session was opened.
 */
export const findAccount =
  (deps: OidcDeps, lookups: Lookups): FindAccount =>
  async (ctx, staffId, token): Promise<Account | undefined> => {
    if (!(await isActive(lookups, ctx, staffId, token))) return undefined
    const claims = async (...[use, scope, named]: Asked) => {
      const grantId = ctx.oidc.entities.Grant?.jti
      const grant = grantId ? await lookups.grant(grantId) : undefined
      const { client } = ctx.oidc
      if (!grant || !client) return { sub: staffId }
      const scopes = new Set(scope.split(' '))
      const facts = await gatherFacts(deps, grant, lookedUp(ctx, use, scopes))
      const all = { ...claimsOf(facts, settingsOf(client)), sub: staffId }
      const left = unasked(ctx, scopes, named)
      return { ...Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name))), sub: staffId }
    }
    return { accountId: staffId, claims }
  }
