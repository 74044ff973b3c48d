import type { Configuration } from 'oidc-provider'
import { fapiProfile } from './clients/fapi.ts'
import type { OidcDeps } from './deps.ts'
import { checkAcrClaim } from './interaction/asked-check.ts'
import { renderSignedOut } from './interaction/pages.ts'
import { logoutSource } from './interaction/sign-out.ts'
import { dpop } from './tokens/dpop.ts'
import { resourceIndicators } from './tokens/resources.ts'

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
  clientCredentials: { enabled: true },
  dPoP: dpop(deps),
  externalSigningSupport: { enabled: true, ack: 'experimental-01' },
  jwtUserinfo: { enabled: true },
  fapi: { enabled: true, profile: fapiProfile },
  introspection: { enabled: true, allowedPolicy: isItsOwn },
  pushedAuthorizationRequests: { enabled: true },
  revocation: { enabled: true, allowedPolicy: isItsOwn },
  resourceIndicators: resourceIndicators(deps),
  rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource: async (ctx) => renderSignedOut(ctx) },
})
