import { Provider } from 'oidc-provider'
import { isSecretOf } from '../clients/client-secrets.ts'
import type { OidcDeps } from '../deps.ts'
import { usedOnce } from '../storage/used-once.ts'
import { completeIdTokens } from '../tokens/id-token.ts'
import { permitOfflineAccess } from '../tokens/offline-access.ts'

/** Makes the library believe the issuer about where it is served, and no header of anyone's. */
const believeIssuerOnly = (provider: Provider): void => {
  const { host, protocol, origin } = new URL(provider.issuer)
  const fixed = { host, protocol: protocol.slice(0, -1), origin, secure: protocol === 'https:', href: `${origin}/` }
  for (const [name, value] of Object.entries(fixed))
    Object.defineProperty(provider.request, name, { get: () => value, configurable: true })
}

const adjustModels = (provider: Provider, deps: OidcDeps): void => {
  // A client's secrets are kept as hashes, which stand in their place here.
  provider.Client.prototype.compareClientSecret = function (actual: string) {
    return isSecretOf(actual, this.clientSecret)
  }
  // Every token names its session, whether or not the client wants to hear of its end.
  provider.Client.prototype.includeSid = () => true
  provider.ReplayDetection.unique = usedOnce(deps)
  // The session's secret was made by the assertion itself. A second change on the way back to the application would
  // strand another application's redirect that is under way in the same browser.
  provider.Session.prototype.resetIdentifier = () => {}
}

/**
 * The library's provider, less every way to answer but a redirect: a form that submits itself needs an inline script,
 * which our pages never have. A class, because the library's constructor asks itself.
 */
export class RedirectingProvider extends Provider {
  override registerResponseMode(...[name, handler]: Parameters<Provider['registerResponseMode']>): void {
    if (name === 'query' || name === 'fragment') super.registerResponseMode(name, handler)
  }
}

/** Where the library's own ways are not safe for us: host, secrets, session ids, and ids that may be used once. */
export const adjustLibrary = (provider: Provider, deps: OidcDeps): void => {
  believeIssuerOnly(provider)
  adjustModels(provider, deps)
  completeIdTokens(provider)
  permitOfflineAccess(provider)
}
