import type { Adapter } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'
import { artifactAdapter } from './artifact-adapter.ts'
import { clientAdapter, grantAdapter, sessionAdapter } from './derived-adapters.ts'
import type { Lookups } from './lookups.ts'
import { signInAdapter } from './sign-in-adapter.ts'

const durable = new Set(['AccessToken', 'RefreshToken', 'ClientCredentials'])

/** Where the library keeps each kind of thing: the factory that it takes as its `adapter`. */
export const createAdapter =
  (deps: OidcDeps, lookups: Lookups) =>
  (kind: string): Adapter => {
    if (kind === 'Client') return clientAdapter(deps)
    if (kind === 'Grant') return grantAdapter(deps, lookups)
    if (kind === 'Session') return sessionAdapter(deps, lookups)
    const artifacts = durable.has(kind) ? deps.store.tokens : deps.store.transient
    const adapter = artifactAdapter(deps, lookups, artifacts, kind)
    return kind === 'Interaction' ? signInAdapter(deps, adapter) : adapter
  }
