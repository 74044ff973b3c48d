import { clientAuthAlgorithms, clientAuthMethods } from '@fobwatch/contracts'
import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * What discovery says that the library does not: what is left of it here, what we do ourselves (Back-Channel Logout 1.0
 * §2.1), and what would be taken for something else where nothing is said (RFC 8414 §2).
 */
const ours = {
  response_modes_supported: ['query'],
  request_parameter_supported: false,
  introspection_endpoint_auth_methods_supported: clientAuthMethods,
  introspection_endpoint_auth_signing_alg_values_supported: clientAuthAlgorithms,
  revocation_endpoint_auth_methods_supported: clientAuthMethods,
  revocation_endpoint_auth_signing_alg_values_supported: clientAuthAlgorithms,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
}

/** Makes the discovery document say what is so. */
export const amendDiscovery = (ctx: KoaContextWithOIDC): void => {
  if (ctx.oidc.route === 'discovery') Object.assign(ctx.body as object, ours)
}
