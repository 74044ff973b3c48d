import type { CryptoKey, JWK } from 'jose'
import type { NewClient } from '../stage/house.ts'

/** How an application proves to be itself (OpenID Connect Core §9). */
export const ways = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const
export type Way = (typeof ways)[number]

/** An application as it is registered here, with what it keeps to itself. */
export interface Registration {
  client: NewClient
  way: Way
  id: string
  /** For those with a secret. */
  secret: string
  /** For `private_key_jwt`: an ES256 key, as it is and to be handed on. */
  privateKey: CryptoKey
  privateJwk: JWK
  /** What its ID tokens are to be signed with. */
  algorithm: string
  redirectUri: string
  afterSignOutUri: string
}

/** What a stranger's application is given to sign somebody in. */
export interface Visit {
  issuer: string
  registration: Registration
  /** An API that takes our access tokens, by its resource indicator, which is also its address. */
  api: string
  /** Sends the person's browser somewhere. @returns where it comes back to at the application */
  send: (start: URL) => Promise<URL>
  /** Logs the person out at the service itself, in their browser. */
  endElsewhere: () => Promise<void>
}

/** What the application made of it, by what its library verified. */
export interface Seen {
  /** Claims of the ID token, once its signature was checked. */
  idToken: Record<string, unknown>
  /** The algorithm of its signature, where the library tells. */
  algorithm?: unknown
  userinfo: Record<string, unknown>
  /** The first access token, which userinfo took. */
  accessToken: string
  /** What the API answered to a token for it, where the library calls APIs. */
  apiAnswer?: unknown
  /** Where the browser came to after signing out. */
  afterSignOut: URL
  /** Whether it was told of a log out elsewhere (OpenID Connect Back-Channel Logout 1.0). */
  isTold?: boolean
  /** Looks once more when somebody has signed out, where nobody but the client can. */
  later?: () => Promise<Later>
}

/** What a client finds when somebody has signed out. */
export interface Later {
  /** The error of a request that may ask nothing. */
  silent: string
  /** The status of userinfo for the old access token, or what went wrong besides. */
  userinfo: number | string
}

/** Somebody else's client library, at work in an application. */
export interface Stranger {
  name: string
  version: string
  /** How its clients can prove themselves; in every way unless given. */
  ways?: readonly Way[]
  /** Where its library has the browser come back to; `/callback` unless given. */
  callbackPath?: string
  /** Where it hears of a log out elsewhere, if it does. */
  backChannelPath?: string
  /** How its clients are registered besides. */
  metadata?: NewClient['metadata']
  /** Where it pretends to be served; at a free port of this machine unless given. */
  origin?: string
  /** Signs somebody in, from discovery to signing out. */
  visit: (visit: Visit) => Promise<Seen>
}

/** What the application asks for when it signs somebody in, and when it wants a token for the API. */
export const scopes = { signIn: 'openid profile selectedrole assurance', api: 'openid patients.read' } as const
