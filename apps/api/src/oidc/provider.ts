import { ownMetadata } from '@fobwatch/contracts'
import { type Configuration, type JWKS, Provider } from 'oidc-provider'
import { acrValues } from '#assurance'
import { hashOf, sameSecret } from '#kernel'
import type { OutboundOptions } from '#outbound'
import { accessTokenSeconds, extraTokenClaims, resourceServer } from './access-token.ts'
import { findAccount } from './account.ts'
import { createAdapter } from './adapter.ts'
import { amendAnswers } from './amend-answers.ts'
import { checkClientAssertion } from './client-assertion.ts'
import { settingsOf } from './client-settings.ts'
import type { OidcDeps } from './deps.ts'
import { loadExistingGrant } from './existing-grant.ts'
import { createLookups } from './lookups.ts'
import { mayGoOnOnce } from './may-go-on.ts'
import { noteErrors } from './note-errors.ts'
import { renderError, renderSignedOut } from './pages.ts'
import { createPolicy, type RoleIsMissing } from './policy.ts'
import { claimsByScope, oidcScopes } from './scopes.ts'
import { logoutSource } from './sign-out.ts'

/** Lifetimes, in seconds. */
const codeSeconds = 60
const interactionSeconds = 600
const idTokenSeconds = 600

/** Where each endpoint is: the addresses that `mount` serves. */
export const endpoints = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  introspection: '/introspect',
  revocation: '/revoke',
  end_session: '/logout',
} as const

const cookies = ({ issuer, cookieKey, sessionCookieName }: OidcDeps): Configuration['cookies'] => {
  const prefix = issuer.startsWith('https:') ? '__Secure-' : ''
  const shared = { httpOnly: true, sameSite: 'lax', secure: issuer.startsWith('https:') } as const
  return {
    keys: [cookieKey.toString('base64url')],
    names: {
      session: sessionCookieName,
      interaction: `${prefix}fobwatch_interaction`,
      resume: `${prefix}fobwatch_resume`,
    },
    // The session's secret is its own proof; a signature would add nothing.
    long: { ...shared, path: '/', signed: false },
    short: { ...shared, signed: true },
  }
}

/** A token is its client's own business: what is an API's is a JWT, and the API reads it by itself. */
const isItsOwn = (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }): boolean =>
  token.clientId === client.clientId

const features = (deps: OidcDeps): Configuration['features'] => ({
  devInteractions: { enabled: false },
  claimsParameter: { enabled: true },
  introspection: { enabled: true, allowedPolicy: isItsOwn },
  revocation: { enabled: true, allowedPolicy: isItsOwn },
  pushedAuthorizationRequests: { enabled: false },
  dPoP: { enabled: false },
  resourceIndicators: {
    enabled: true,
    getResourceServerInfo: resourceServer(deps),
    defaultResource: async () => undefined as unknown as string,
    // Whoever asked for an API when signing in wants its token, and need not say so again (RFC 8707 §2.2).
    useGrantedResource: async () => true,
  },
  rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: async (ctx) => renderSignedOut(ctx) },
})

/** Makes the library believe the issuer about where it is served, and no header of anyone's. */
const believeIssuerOnly = (provider: Provider): void => {
  const { host, protocol, origin } = new URL(provider.issuer)
  const fixed = { host, protocol: protocol.slice(0, -1), origin, secure: protocol === 'https:', href: `${origin}/` }
  for (const [name, value] of Object.entries(fixed))
    Object.defineProperty(provider.request, name, { get: () => value, configurable: true })
}

const adjustModels = (provider: Provider, deps: OidcDeps): void => {
  // A client's secret is kept as a hash, which stands in its place here.
  provider.Client.prototype.compareClientSecret = function (actual: string) {
    return this.clientSecret !== undefined && sameSecret(actual, Buffer.from(this.clientSecret, 'base64url'))
  }
  // Every token names its session, whether or not the client wants to hear of its end.
  provider.Client.prototype.includeSid = () => true
  // The library finds and then saves; of two at once both would pass. One insert that fails on conflict does not.
  provider.ReplayDetection.unique = (iss, jti, exp) =>
    deps.store.isNew(hashOf(`${iss} ${jti}`), new Date((exp + 60) * 1000))
  // The session's secret was made by the assertion itself. A second change on the way back to the application would
  // strand another application's redirect that is under way in the same browser.
  provider.Session.prototype.resetIdentifier = () => {}
}

/**
 * The library's provider, less every way to answer but a redirect: a form that submits itself needs an inline script,
 * which our pages never have. A class, because the library's constructor asks itself.
 */
class RedirectingProvider extends Provider {
  override registerResponseMode(...[name, handler]: Parameters<Provider['registerResponseMode']>): void {
    if (name === 'query' || name === 'fragment') super.registerResponseMode(name, handler)
  }
}

/**
 * The OpenID provider.
 * @param jwks private signing keys, newest first
 * @param roleIsMissing whether the person of a session has to choose a role
 */
export const createProvider = (deps: OidcDeps, jwks: JWKS, roleIsMissing: RoleIsMissing): Provider => {
  const lookups = createLookups(deps)
  const mayGoOn = mayGoOnOnce(deps, lookups)
  const provider: Provider = new RedirectingProvider(deps.issuer, {
    adapter: createAdapter(deps, lookups),
    acrValues: [...acrValues],
    allowOmittingSingleRegisteredRedirectUri: false,
    assertJwtClientAuthClaimsAndHeader: checkClientAssertion(deps),
    claims: Object.fromEntries(Object.entries(claimsByScope).map(([scope, claims]) => [scope, [...claims]])),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    clientBasedCORS: () => false,
    clientDefaults: {
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      response_modes: ['query'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    clockTolerance: 5,
    conformIdTokenClaims: false,
    cookies: cookies(deps),
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256', 'RS256'],
      clientAuthSigningAlgValues: ['RS256', 'RS512', 'PS256', 'ES256', 'EdDSA'],
    },
    expiresWithSession: () => false,
    extraClientMetadata: { properties: [...ownMetadata] },
    extraTokenClaims: extraTokenClaims(deps, lookups),
    features: features(deps),
    fetch: (url, options) => deps.fetchOutbound(String(url), options as OutboundOptions),
    findAccount: findAccount(deps, lookups),
    interactions: {
      policy: createPolicy(deps, lookups, mayGoOn, roleIsMissing),
      url: (_ctx, interaction) => `/sign-in/${interaction.uid}`,
    },
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    jwks,
    loadExistingGrant: loadExistingGrant(deps, lookups, mayGoOn, () => provider),
    pkce: { required: (_ctx, client) => settingsOf(client).pkceRequired },
    renderError: async (ctx, out) => renderError(ctx, out),
    responseTypes: ['code'],
    rotateRefreshToken: true,
    routes: endpoints,
    scopes: [...oidcScopes],
    subjectTypes: ['public'],
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: deps.sessionMaxMinutes * 60,
      IdToken: idTokenSeconds,
      Interaction: interactionSeconds,
      RefreshToken: deps.sessionMaxMinutes * 60,
      Session: deps.sessionMaxMinutes * 60,
    },
  })
  believeIssuerOnly(provider)
  adjustModels(provider, deps)
  amendAnswers(provider)
  noteErrors(provider, deps.log)
  return provider
}
