import { type ClientMetadata, tokenExchangeGrant } from '@fobwatch/contracts'
import { type AdapterPayload, errors } from 'oidc-provider'
import { hasSecrets, type StoredClient } from '#clients'
import { oidcScopes } from '../scopes.ts'
import { standInFor } from './client-secrets.ts'
import { whatFapiForbids, withFapi } from './fapi.ts'

/** Nobody would have to prove anything for what these give. */
const confidentialGrants: readonly string[] = ['client_credentials', tokenExchangeGrant]

/**
 * A client that names the scopes that it may ask for may ask for no others. The library knows our own only, and refuses a
 * client that names others; those of APIs go their own way. An empty list would be none at all to it.
 */
const divideScope = (scope: string) => {
  const all = scope.split(' ').filter(Boolean)
  const own = all.filter((each) => oidcScopes.includes(each))
  return {
    scope: own.length > 0 ? own.join(' ') : 'openid',
    api_scope: all.filter((each) => !oidcScopes.includes(each)).join(' '),
  }
}

const whatIsWrongWith = (metadata: ClientMetadata): string | undefined => {
  const { application_type, token_endpoint_auth_method: method = 'client_secret_basic', profile } = metadata
  // RFC 8252 §8.5: what is in every copy of an app is no secret.
  if (application_type === 'native' && method.startsWith('client_secret')) return 'a native app cannot keep a secret'
  return profile === 'fapi2' ? whatFapiForbids(metadata) : undefined
}

/**
 * A client's registration in the library's words. Whoever registered it should have been told of faults; here they are
 * refused again, since this is where they would do harm.
 * @throws InvalidClientMetadata
 */
export const clientMetadata = ({ id, name, secretHashes, metadata }: StoredClient): AdapterPayload => {
  const fault = whatIsWrongWith(metadata)
  if (fault) throw new errors.InvalidClientMetadata(fault)

  const { grant_types = ['authorization_code'], token_endpoint_auth_method, scope } = metadata
  const grants =
    token_endpoint_auth_method === 'none'
      ? grant_types.filter((each) => !confidentialGrants.includes(each))
      : [...grant_types]
  return {
    ...(metadata.profile === 'fapi2' ? withFapi(metadata) : metadata),
    ...(scope !== undefined && divideScope(scope)),
    grant_types: grants,
    // The library takes a client that says nothing for one that signs people in.
    response_types: grants.includes('authorization_code') ? ['code'] : [],
    client_id: id,
    client_name: name,
    ...(hasSecrets(metadata) && { client_secret: standInFor({ secretHashes }) }),
  }
}
