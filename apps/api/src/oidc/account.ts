import type { Account, FindAccount } from 'oidc-provider'
import { claimsOf, gatherFacts } from './claims.ts'
import type { OidcDeps } from './deps.ts'
import type { Lookups } from './lookups.ts'

/**
 * The library's account: a person by their staff id. A suspended or closed person is found by nobody.
 * Claims come from the grant's session, so that a token tells how its own session was opened.
 */
export const findAccount =
  (deps: OidcDeps, lookups: Lookups): FindAccount =>
  async (ctx, staffId): Promise<Account | undefined> => {
    const person = await lookups.person(staffId)
    if (person?.status !== 'active') return undefined
    return {
      accountId: staffId,
      claims: async (_use, scope) => {
        const grantId = ctx.oidc.entities.Grant?.jti
        const grant = grantId ? await lookups.grant(grantId) : undefined
        if (!grant) return { sub: staffId }
        return { ...claimsOf(await gatherFacts(deps, person, grant, new Set(scope.split(' ')))), sub: staffId }
      },
    }
  }
