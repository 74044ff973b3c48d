import { Provider, type TokenEndpointGrantContext } from 'oidc-provider'
import { isSecretOf } from '../clients/client-secrets.ts'
import type { OidcDeps } from '../deps.ts'
import { completingExchange } from '../storage/exchange.ts'
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

/**
 * Makes the library keep a client that it has built for as long as the registration is the same. It would read the
 * registration through each time, of several in a request, to find what it built from the same before.
 */
const keepBuiltClients = ({ Client }: Provider, { findClient }: Pick<OidcDeps, 'findClient'>): void => {
  const built = new WeakMap<object, InstanceType<typeof Client>>()
  const build = Client.find
  Client.find = async (id: unknown) => {
    const registered = typeof id === 'string' ? await findClient(id) : undefined
    if (!registered) return undefined
    const client = built.get(registered) ?? (await build.call(Client, registered.id))
    if (client) built.set(registered, client)
    return client
  }
}

const adjustModels = (provider: Provider, deps: OidcDeps): void => {
  keepBuiltClients(provider, deps)
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

type Names = string | readonly string[] | ReadonlySet<string>

/**
 * The library's provider, less every way to answer but a redirect: a form that submits itself needs an inline script,
 * which our pages never have. And what it gives for a code or a refresh token is kept at one go. A class, because the
 * library's constructor asks itself.
 */
export class OurProvider extends Provider {
  override registerGrantType<Asked extends object>(
    name: string,
    answer: (ctx: TokenEndpointGrantContext<Asked>) => unknown,
    ...parameters: [Names?, Names?]
  ): void {
    super.registerGrantType<Asked>(name, (ctx) => completingExchange(() => answer(ctx)), ...parameters)
  }

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
