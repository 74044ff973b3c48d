import { type Adapter, errors } from 'oidc-provider'
import { artifactAdapter } from './artifact-adapter.ts'
import type { OidcDeps } from './deps.ts'
import { clientAdapter, grantAdapter, sessionAdapter } from './derived-adapters.ts'
import type { Lookups } from './lookups.ts'

const durable = new Set(['AccessToken', 'RefreshToken', 'ClientCredentials'])

const choose = (deps: OidcDeps, lookups: Lookups, kind: string): Adapter => {
  if (kind === 'Client') return clientAdapter(deps)
  if (kind === 'Grant') return grantAdapter(deps, lookups)
  const artifacts = durable.has(kind) ? deps.store.tokens : deps.store.transient
  const adapter = artifactAdapter(deps, lookups, artifacts, kind)
  return kind === 'Session' ? sessionAdapter(deps, lookups, adapter) : adapter
}

/** A database that is away is told as such (RFC 6749 §4.1.2.1), not as a fault of ours. */
const guarded = (deps: OidcDeps, adapter: Adapter): Adapter => {
  const guard =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await method(...args)
      } catch (error) {
        if (!deps.isUnavailable(error)) throw error
        throw Object.assign(new errors.TemporarilyUnavailable(), { statusCode: 503, status: 503 })
      }
    }
  return Object.fromEntries(
    Object.entries(adapter).map(([name, method]) => [name, guard(method)]),
  ) as unknown as Adapter
}

/** Where the library keeps each kind of thing: the factory that it takes as its `adapter`. */
export const createAdapter = (deps: OidcDeps, lookups: Lookups) => (kind: string) =>
  guarded(deps, choose(deps, lookups, kind))
