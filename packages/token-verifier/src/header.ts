import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose'
import type { Algorithm } from './algorithms.ts'
import { TokenRefused } from './refused.ts'

/** A token longer than this is refused unread. The longest that we sign is a few thousand characters. */
const MAX_TOKEN_LENGTH = 65_536

/** Three parts in base64url (RFC 7515 §7.1), and no white space, which decoders forgive. An unsigned token's third is empty. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/

/** Headers by which a token brings its own key or says where to fetch one (RFC 7515 §4.1.2 to §4.1.8). */
const BRINGS_ITS_OWN_KEY = ['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256'] as const

export type TokenHeader = { alg: Algorithm; kid: string; typ?: string }

type Expected = { algorithms: readonly Algorithm[]; isType: (typ: string | undefined) => boolean }

/**
 * Reads a token's protected header and refuses, before any key is looked for, all that no token of ours carries.
 * @throws TokenRefused `malformed` (not a signed compact JWT, no key id, a key of its own, `crit`: RFC 7515 §4.1.11),
 *   `algorithm` (not on the list: RFC 8725 §3.1), `type` (RFC 8725 §3.11)
 */
export const readHeader = (token: string, expected: Expected): TokenHeader => {
  const header = decode(token)
  const algorithm = expected.algorithms.find((accepted) => accepted === header.alg)
  if (!algorithm) throw new TokenRefused('algorithm')
  if ('crit' in header || BRINGS_ITS_OWN_KEY.some((name) => name in header)) throw new TokenRefused('malformed')
  if (typeof header.kid !== 'string' || header.kid === '') throw new TokenRefused('malformed')

  const typ: unknown = header.typ
  if (typ !== undefined && typeof typ !== 'string') throw new TokenRefused('type')
  if (!expected.isType(typ)) throw new TokenRefused('type')
  return typ === undefined ? { alg: algorithm, kid: header.kid } : { alg: algorithm, kid: header.kid, typ }
}

/** RFC 9068 §4: the type of a JWT access token, with or without the `application/` that RFC 7515 lets a signer omit. */
export const isAccessTokenType = (typ: string | undefined) => /^(application\/)?at\+jwt$/i.test(typ ?? '')

/** An ID token names no type, or the general one; an access token or a logout token is never taken for one. */
export const isIdTokenType = (typ: string | undefined) => typ === undefined || /^(application\/)?jwt$/i.test(typ)

/** OpenID Connect Back-Channel Logout 1.0 §2.4: a type of its own is recommended, and the general one is permitted. */
export const isLogoutTokenType = (typ: string | undefined) => /^(application\/)?(logout\+)?jwt$/i.test(typ ?? '')

const decode = (token: string): ProtectedHeaderParameters => {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) throw new TokenRefused('malformed')
  if (!COMPACT_JWS.test(token)) throw new TokenRefused('malformed')
  try {
    return decodeProtectedHeader(token)
  } catch (cause) {
    throw new TokenRefused('malformed', cause)
  }
}
