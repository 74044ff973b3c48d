import type { Configuration } from 'oidc-provider'
import { resourceServer } from './access-token.ts'
import { checkAcrClaim } from './asked-check.ts'
import type { OidcDeps } from './deps.ts'
import { dpop } from './dpop.ts'
import { fapiProfile } from './fapi.ts'
import { renderSignedOut } from './pages.ts'
import { logoutSource } from './sign-out.ts'

/** A token is its client's own business: what is an API's is a JWT, and the API reads it by itself. */
const isItsOwn = (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }): boolean =>
  token.clientId === client.clientId

/**
 * What of the library is turned on. What is not named is off: request objects, form posts, the device flow, CIBA, mutual
 * TLS, dynamic registration (docs/decisions says why).
 */
export const features = (deps: OidcDeps): Configuration['features'] => ({
  devInteractions: { enabled: false },
  claimsParameter: { enabled: true, assertClaimsParameter: checkAcrClaim },
  dPoP: dpop(deps),
  externalSigningSupport: { enabled: true, ack: 'experimental-01' },
  jwtUserinfo: { enabled: true },
  fapi: { enabled: true, profile: fapiProfile },
  introspection: { enabled: true, allowedPolicy: isItsOwn },
  pushedAuthorizationRequests: { enabled: true },
  revocation: { enabled: true, allowedPolicy: isItsOwn },
  resourceIndicators: {
    enabled: true,
    getResourceServerInfo: resourceServer(deps),
    defaultResource: async () => undefined as unknown as string,
    // Whoever asked for an API when signing in wants its token, and need not say so again (RFC 8707 §2.2).
    useGrantedResource: async () => true,
  },
  rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: async (ctx) => renderSignedOut(ctx) },
})
