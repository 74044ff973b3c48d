/** What a token is shown as: an access token to an API, or an ID token to the client that it was made for. */
export type Kind = 'access' | 'id'
export const kinds = ['access', 'id'] as const

/** The ways of forging (and the first, which is none), as the table names them. */
export const columns = [
  'genuine',
  'none',
  'HS256',
  'kid',
  'jku',
  'x5u',
  'embedded',
  'typ',
  'aud',
  'iss',
  'expired',
  'no exp',
  'nbf',
  'iat',
  'cut off',
  'altered',
  'crit',
] as const
export type Column = (typeof columns)[number]

/** One token that a library is shown. */
export interface Case {
  /** What was done to it; unique within its kind. */
  name: string
  kind: Kind
  column: Column
  token: string
}

/** What a library has to be told, and the tokens that it is shown. */
export interface Task {
  issuer: string
  jwksUri: string
  /** Of access tokens. */
  audience: string
  /** The audience of ID tokens. */
  clientId: string
  cases: Case[]
}

/**
 * How a library was used: as its own documentation shows a careful user (issuer, audience and a list of algorithms
 * given), or with all that our guides advise besides.
 */
export const uses = ['documented', 'advised'] as const
export type Use = (typeof uses)[number]

/** What a library made of one token. */
export interface Verdict {
  library: string
  version: string
  language: string
  use: Use
  kind: Kind
  /** The name of the case. */
  name: string
  taken: boolean
  /** What it said when it refused. */
  why?: string
}
