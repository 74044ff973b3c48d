import {
  type AccessToken,
  type Client,
  type ClientCredentials,
  errors,
  type KoaContextWithOIDC,
  type ResourceServer,
} from 'oidc-provider'
import { tokenRole } from '#access'
import type { SigningAlgorithm } from '#keys'
import { settingsOf } from './client-settings.ts'
import type { OidcDeps } from './deps.ts'
import type { Lookups } from './lookups.ts'

/**
 * An access token for a registered API: a JWT (RFC 9068) whose audience is the API alone (RFC 8707).
 * @throws InvalidTarget when this client may not call it, or nobody registered it
 */
export const resourceServer =
  ({ findApi }: OidcDeps) =>
  async (_ctx: KoaContextWithOIDC, resource: string, client: Client): Promise<ResourceServer> => {
    const api = await findApi(client.clientId, resource)
    if (!api) throw new errors.InvalidTarget()
    return {
      scope: api.scopes.join(' '),
      audience: api.resource,
      accessTokenTTL: settingsOf(client).accessTokenSeconds,
      accessTokenFormat: 'jwt',
      // A client says once what its side can verify. An API that has several clients takes any of the four.
      jwt: { sign: { alg: client.idTokenSignedResponseAlg as SigningAlgorithm } },
    }
  }

/** What an API learns besides: how the person signed in (RFC 9068 §2.2.1), and the role that they act in. */
export const extraTokenClaims =
  ({ findRole }: OidcDeps, lookups: Lookups) =>
  async (ctx: KoaContextWithOIDC, token: AccessToken | ClientCredentials) => {
    if (token.kind !== 'AccessToken' || !token.grantId || !token.aud) return undefined
    const grant = await lookups.grant(token.grantId)
    if (!grant) return undefined
    const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken
    const role = grant.assignmentId ? await findRole(grant.assignmentId) : undefined
    return {
      acr: source?.acr,
      amr: source?.amr ?? grant.amr,
      auth_time: source?.authTime ?? Math.floor(grant.authenticatedAt.getTime() / 1000),
      sid: grant.sessionId,
      ...(role && { selected_roleid: role.personRoleId, role: tokenRole(role) }),
    }
  }
