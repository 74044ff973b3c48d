import { errors, type KoaContextWithOIDC } from 'oidc-provider'

/** Grants whose whole scope is an API's: nobody signs in by them. */
const grantsForApis: unknown[] = ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange']

/** Whether the request at hand asks for an API's token and for nothing about a person. */
export const isForApiAlone = ({ oidc }: KoaContextWithOIDC): boolean =>
  oidc.route === 'token' && grantsForApis.includes(oidc.params?.['grant_type'])

/** What a client may ask of an API: every scope of the API, less what its registration leaves out. */
export const scopesFor = (client: object, scopes: readonly string[]): string[] => {
  const { api_scope: allowed } = client as { api_scope?: string }
  return allowed === undefined ? [...scopes] : scopes.filter((each) => allowed.split(' ').includes(each))
}

/**
 * Holds what was asked for against what may be had (RFC 6749 §3.3): nothing asked is everything, and too much is refused,
 * where the library would leave out in silence what an API does not know.
 * @throws InvalidScope
 */
export const settleScope = ({ oidc }: KoaContextWithOIDC, allowed: readonly string[]): void => {
  const asked = typeof oidc.params?.['scope'] === 'string' ? oidc.params['scope'].split(' ').filter(Boolean) : []
  const unknown = asked.filter((each) => !allowed.includes(each))
  if (unknown.length > 0) throw new errors.InvalidScope('the API has no such scope for this client', unknown.join(' '))
  if (allowed.length === 0) throw new errors.InvalidScope('the API has no scope for this client', '')
  if (asked.length === 0 && oidc.params) oidc.params['scope'] = allowed.join(' ')
}
