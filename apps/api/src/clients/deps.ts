import type { Now, Transaction } from '#kernel'
import type { WhyNotCalled } from '#outbound'
import type { ApiStore } from './apis/store.ts'
import type { SecretStore } from './secrets/store.ts'
import type { Api, ClientStore } from './store.ts'

/** What this room's verbs are handed. */
export interface ClientDeps {
  store: ClientStore & ApiStore & SecretStore
  now: Now
  /** What keeps an address from being called by the service. */
  whyNotCalled: WhyNotCalled
  /** The classes of `acr` that may be asked for. */
  acrValues: readonly string[]
  /** The scopes of OpenID Connect that there are. */
  scopes: readonly string[]
  /** The resource indicator of the API by which HR systems feed people in. */
  feedApi: string
  /** Our own APIs, which nobody defines anew. */
  ownApis: readonly Api[]
  findOrganisation: (code: string) => Promise<object | undefined>
  /** How long the service's own sessions last. */
  limits: { idleMinutes: number; maxMinutes: number }
  /** Revokes whatever a client was given, in every session. */
  revokeGrantsOf: (tx: Transaction, clientId: string) => Promise<void>
}
