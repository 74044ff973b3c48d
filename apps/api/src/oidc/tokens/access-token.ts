import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider'
import { tokenRole } from '#access'
import type { OidcDeps } from '../deps.ts'
import type { Lookups } from '../storage/lookups.ts'
import { subjectOf } from './token-exchange/subject.ts'

/** How the person signed in, as what the token comes from says: a code, a refresh token, or an exchanged ID token. */
const sourceOf = (ctx: KoaContextWithOIDC) => {
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities
  return subjectOf(ctx) ?? AuthorizationCode ?? RefreshToken
}

/** What an API learns besides: how the person signed in (RFC 9068 §2.2.1), and the role that they act in. */
export const extraTokenClaims =
  ({ findRole }: OidcDeps, lookups: Lookups) =>
  async (ctx: KoaContextWithOIDC, token: AccessToken | ClientCredentials) => {
    if (token.kind !== 'AccessToken' || !token.grantId || !token.aud) return undefined
    const grant = await lookups.grant(token.grantId)
    if (!grant) return undefined
    const source = sourceOf(ctx)
    // An ID token that names no role is exchanged for no role.
    const tellsRole = subjectOf(ctx)?.selectedRoleId !== null
    const role = tellsRole && grant.toldAssignmentId ? await findRole(grant.toldAssignmentId) : undefined
    return {
      acr: source?.acr,
      amr: source?.amr ?? grant.amr,
      auth_time: source?.authTime ?? Math.floor(grant.authenticatedAt.getTime() / 1000),
      sid: grant.sessionId,
      // A class that was asked for, such as AAL2_OR_AAL3_ANY, can be true and say less.
      authentication_assurance_level: subjectOf(ctx)?.level ?? grant.toldLevel,
      ...(role && { selected_roleid: role.personRoleId, role: tokenRole(role) }),
    }
  }
