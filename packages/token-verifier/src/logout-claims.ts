import type { JWTPayload } from 'jose'
import { TokenRefused } from './refused.ts'
import { absentOr, fits, isRecord, isText, isTime, type Shape } from './shapes.ts'

/** The claims of a logout token, checked (OpenID Connect Back-Channel Logout 1.0 §2.4). It has a `sid`, a `sub` or both. */
export type LogoutClaims = {
  iss: string
  aud: string | string[]
  iat: number
  exp: number
  jti: string
  /** The session at Fobwatch that ended. Without it, all sessions of `sub` did. */
  sid?: string
  sub?: string
  readonly [claim: string]: unknown
}

/** How old a logout token may be, in seconds, whatever its `exp` says. */
export const LOGOUT_TOKEN_SECONDS = 300

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const LOGOUT: Shape = {
  iat: isTime,
  exp: isTime,
  jti: isText,
  sub: absentOr(isText),
  sid: absentOr(isText),
  events: (events) => isRecord(events) && isObject(events[EVENT]),
  // §2.4: with a nonce, it could be taken for an ID token.
  nonce: (nonce) => nonce === undefined,
}

const isObject = (value: unknown) => isRecord(value) && !Array.isArray(value)

/**
 * Checks the claims of a logout token whose signature, issuer, audience and expiry hold (§2.6, steps 4 to 7).
 * @throws TokenRefused `claims`; `expired` when it was made too long ago
 */
export const logoutClaims = (payload: JWTPayload, toleranceSeconds: number): LogoutClaims => {
  if (!isLogoutClaims(payload)) throw new TokenRefused('claims')
  if (payload.iat + LOGOUT_TOKEN_SECONDS + toleranceSeconds < Date.now() / 1000) throw new TokenRefused('expired')
  return payload
}

const isLogoutClaims = (payload: JWTPayload): payload is LogoutClaims =>
  fits(payload, LOGOUT) && (payload.sub !== undefined || payload['sid'] !== undefined)
