import { clientAuthAlgorithms, clientAuthMethods, ownMetadata } from '@fobwatch/contracts'
import type { Provider } from 'oidc-provider'
import { acrValues } from '#assurance'
import { type Signer, signingAlgorithms } from '#keys'
import type { OutboundOptions } from '#outbound'
import { checkClientAssertion } from './clients/client-assertion.ts'
import { mustUsePkce } from './clients/client-settings.ts'
import { isFapi } from './clients/fapi.ts'
import type { OidcDeps } from './deps.ts'
import { endpoints } from './endpoints.ts'
import { features } from './features.ts'
import { loadExistingGrant } from './interaction/existing-grant.ts'
import { mayGoOnOnce } from './interaction/may-go-on.ts'
import { renderError } from './interaction/pages.ts'
import { createPolicy } from './interaction/policy.ts'
import { roleOnce } from './interaction/role-step.ts'
import { adjustLibrary, OurProvider } from './library/adjust-library.ts'
import { amendAnswers } from './library/amend-answers.ts'
import { cookies } from './library/cookies.ts'
import { letGoOfRequests } from './library/let-go.ts'
import { noteErrors } from './library/note-errors.ts'
import { limitClients } from './limits/limit-clients.ts'
import { claimsByScope, oidcScopes } from './scopes.ts'
import { createAdapter } from './storage/adapter.ts'
import { createLookups } from './storage/lookups.ts'
import { completeWaysBack } from './storage/way-back.ts'
import { extraTokenClaims } from './tokens/access-token.ts'
import { findAccount } from './tokens/account.ts'
import { dpopAlgorithms } from './tokens/dpop.ts'
import { externalKey } from './tokens/external-key.ts'
import { lifetimes } from './tokens/lifetimes.ts'
import { registerTokenExchange } from './tokens/token-exchange/exchange-token.ts'

/**
 * The OpenID provider.
 * @param signers all keys that are published, of each algorithm the one that signs first
 */
export const createProvider = (deps: OidcDeps, signers: readonly Signer[]): Provider => {
  const lookups = createLookups(deps)
  const roleOf = roleOnce(deps, lookups, deps.rolesHeldBy)
  const mayGoOn = mayGoOnOnce(deps, lookups)
  const provider: Provider = new OurProvider(deps.issuer, {
    adapter: createAdapter(deps, lookups),
    acrValues: [...acrValues],
    allowOmittingSingleRegisteredRedirectUri: false,
    assertJwtClientAuthClaimsAndHeader: checkClientAssertion(deps),
    claims: Object.fromEntries(Object.entries(claimsByScope).map(([scope, claims]) => [scope, [...claims]])),
    clientAuthMethods: [...clientAuthMethods],
    clientBasedCORS: () => false,
    clientDefaults: {
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      response_modes: ['query'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    // FAPI 2.0 Security Profile §5.3.2.1: clocks may be 10 seconds ahead.
    clockTolerance: 10,
    conformIdTokenClaims: true,
    cookies: cookies(deps),
    enabledJWA: {
      idTokenSigningAlgValues: [...signingAlgorithms],
      userinfoSigningAlgValues: [...signingAlgorithms],
      clientAuthSigningAlgValues: [...clientAuthAlgorithms],
      dPoPSigningAlgValues: [...dpopAlgorithms],
    },
    expiresWithSession: () => false,
    extraClientMetadata: { properties: [...ownMetadata, 'api_scope'] },
    extraTokenClaims: extraTokenClaims(deps, lookups),
    features: features(deps),
    fetch: (url, options) => deps.fetchOutbound(String(url), options as OutboundOptions),
    findAccount: findAccount(deps, lookups),
    interactions: {
      policy: createPolicy(deps, lookups, mayGoOn, roleOf),
      url: (_ctx, interaction) => `/sign-in/${interaction.uid}`,
    },
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    jwks: { keys: signers.map(externalKey) },
    loadExistingGrant: loadExistingGrant(lookups, () => provider),
    pkce: { required: (_ctx, client) => mustUsePkce(client) },
    renderError: async (ctx, out) => renderError(ctx, out),
    responseTypes: ['code'],
    // A token that is bound to its client's key is not rotated: a lost answer would lock its client out (FAPI 2.0 §5.3.2.1).
    rotateRefreshToken: ({ oidc }) => !isFapi(oidc.client),
    routes: endpoints,
    scopes: [...oidcScopes],
    subjectTypes: ['public'],
    ttl: lifetimes(deps),
  })
  adjustLibrary(provider, deps)
  letGoOfRequests(provider)
  registerTokenExchange(provider, deps, lookups)
  amendAnswers(provider)
  completeWaysBack(provider, deps.store, renderError)
  limitClients(provider, deps.limits)
  noteErrors(provider, deps.log)
  return provider
}
