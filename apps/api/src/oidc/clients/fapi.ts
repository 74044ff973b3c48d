import { type ClientMetadata, fapiAlgorithms } from '@fobwatch/contracts'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { settingsOf } from './client-settings.ts'

const algorithms: readonly string[] = fapiAlgorithms

/** Whether a client is registered for the FAPI 2.0 Security Profile. @param client as the library holds it */
export const isFapi = (client: object | undefined): boolean =>
  client !== undefined && settingsOf(client).profile === 'fapi2'

/** The library's name of a client's profile. It makes little of it: what the profile asks is held up here and by rules. */
export const fapiProfile = (_ctx: KoaContextWithOIDC, client: object | undefined): '2.0' | undefined =>
  isFapi(client) ? '2.0' : undefined

/** Whether the profile lets something be signed so. */
export const isFapiAlgorithm = (algorithm: unknown): boolean =>
  typeof algorithm === 'string' && algorithms.includes(algorithm)

/** What the profile does not let a client be registered with, in a sentence (§5.3.2.1). */
export const whatFapiForbids = (metadata: ClientMetadata): string | undefined => {
  if (metadata.token_endpoint_auth_method !== 'private_key_jwt') return 'fapi2 asks for private_key_jwt'
  if (metadata.pkce_required === false) return 'fapi2 asks for PKCE'
  const named = {
    id_token_signed_response_alg: metadata.id_token_signed_response_alg,
    userinfo_signed_response_alg: metadata.userinfo_signed_response_alg,
    token_endpoint_auth_signing_alg: metadata.token_endpoint_auth_signing_alg,
  }
  const wrong = Object.entries(named).find(([, algorithm]) => algorithm !== undefined && !isFapiAlgorithm(algorithm))
  return wrong && `fapi2 does not allow ${wrong[1]} as ${wrong[0]}`
}

/**
 * The registration with what the profile demands, whatever it says. Without the second the library would give a bearer
 * token to whoever sends no proof.
 */
export const withFapi = (metadata: ClientMetadata): ClientMetadata => ({
  ...metadata,
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
})
