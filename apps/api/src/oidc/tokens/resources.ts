import { type Client, type Configuration, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import type { SigningAlgorithm } from '#keys'
import { settingsOf } from '../clients/client-settings.ts'
import type { OidcDeps } from '../deps.ts'
import { isForApiAlone, scopesFor, settleScope } from './api-scopes.ts'

/**
 * An access token for a registered API: a JWT (RFC 9068) whose audience is the API alone (RFC 8707).
 * @throws InvalidTarget when this client may not call it, or nobody registered it; InvalidScope
 */
const resourceServer =
  ({ findApi }: OidcDeps) =>
  async (ctx: KoaContextWithOIDC, resource: string, client: Client): Promise<ResourceServer> => {
    const api = await findApi(client.clientId, resource)
    if (!api) throw new errors.InvalidTarget()
    const scopes = scopesFor(client, api.scopes)
    if (isForApiAlone(ctx)) settleScope(ctx, scopes)
    return {
      scope: scopes.join(' '),
      audience: api.resource,
      accessTokenTTL: settingsOf(client).accessTokenSeconds,
      accessTokenFormat: 'jwt',
      // A client says once what its side can verify. An API that has several clients takes any of the four.
      jwt: { sign: { alg: client.idTokenSignedResponseAlg as SigningAlgorithm } },
    }
  }

/**
 * The API that is meant where none is named. A person's access token is for userinfo then. A token that is about nobody,
 * or that was exchanged, is good for an API alone: for the only one that the client may call, if there is one only.
 * @throws InvalidTarget when there are others
 */
const defaultResource =
  ({ findClient }: OidcDeps) =>
  async (ctx: KoaContextWithOIDC, client: Client): Promise<string | undefined> => {
    if (!isForApiAlone(ctx)) return undefined
    const { resources = [] } = (await findClient(client.clientId)) ?? {}
    if (resources.length !== 1) throw new errors.InvalidTarget('say which API it is for, by `resource`')
    return resources[0]
  }

/** Resource indicators (RFC 8707): a sign-in may ask for several APIs, and each access token is for one. */
export const resourceIndicators = (deps: OidcDeps) =>
  ({
    enabled: true,
    getResourceServerInfo: resourceServer(deps),
    // The library takes nothing for an answer, and its types do not.
    defaultResource: defaultResource(deps) as () => Promise<string>,
    // Whoever asked for an API when signing in wants its token, and need not say so again (RFC 8707 §2.2).
    useGrantedResource: async () => true,
  }) satisfies NonNullable<Configuration['features']>['resourceIndicators']
