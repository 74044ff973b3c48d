import type { JWTPayload } from 'jose'
import { TokenRefused } from './refused.ts'
import { isRole, isTwelveDigits, type Role } from './role.ts'
import { absentOr, fits, isRecord, isText, isTexts, isTime, type Shape } from './shapes.ts'

/** What both kinds of token say. Times are seconds since 1970. Claims not named here are there too, unchecked. */
type SharedClaims = {
  iss: string
  sub: string
  aud: string | string[]
  exp: number
  iat: number
  /** When the person last proved who they are. */
  auth_time?: number
  /** How sure that is: the level, or the way, that was reached. */
  acr?: string
  amr?: string[]
  /** The session at Fobwatch. */
  sid?: string
  /** The `person_roleid` of the chosen role; absent for someone with no role. */
  selected_roleid?: string
  readonly [claim: string]: unknown
}

/** The claims of an access token, checked (RFC 9068 §2.2). */
export type AccessClaims = SharedClaims & {
  client_id: string
  jti: string
  scope?: string
  role?: Role
  /** The key that the token is bound to (RFC 7800; `jkt`: RFC 9449 §6.1). */
  cnf?: { readonly [method: string]: unknown }
}

/** The claims of an ID token, checked (OpenID Connect Core 1.0 §2). */
export type IdClaims = SharedClaims & { nonce?: string; azp?: string }

/**
 * Checks the claims of an access token whose signature, issuer, audience and expiry hold.
 * @throws TokenRefused `claims`
 */
export const accessClaims = (payload: JWTPayload): AccessClaims => {
  if (!isAccessClaims(payload)) throw new TokenRefused('claims')
  return payload
}

/**
 * Checks the claims of an ID token whose signature, issuer, audience and expiry hold.
 * @param expected the client it must be for, and the nonce of the request, where there was one
 * @throws TokenRefused `claims`; `audience` where another client was authorised (OpenID Connect Core 1.0 §3.1.3.7)
 */
export const idClaims = (payload: JWTPayload, expected: { clientId: string; nonce?: string }): IdClaims => {
  if (!isIdClaims(payload)) throw new TokenRefused('claims')
  if (payload.azp !== undefined && payload.azp !== expected.clientId) throw new TokenRefused('audience')
  if (Array.isArray(payload.aud) && payload.aud.length > 1 && !payload.azp) throw new TokenRefused('audience')
  if (expected.nonce !== undefined && payload.nonce !== expected.nonce) throw new TokenRefused('claims')
  return payload
}

const SHARED: Shape = {
  sub: isText,
  exp: isTime,
  iat: isTime,
  auth_time: absentOr(isTime),
  acr: absentOr(isText),
  amr: absentOr(isTexts),
  sid: absentOr(isText),
  selected_roleid: absentOr(isTwelveDigits),
}

const ACCESS: Shape = { ...SHARED, client_id: isText, jti: isText, scope: absentOr(isText), cnf: absentOr(isRecord) }

const ID: Shape = {
  ...SHARED,
  nonce: absentOr(isText),
  azp: absentOr(isText),
  // A logout token of the general type (OpenID Connect Back-Channel Logout 1.0 §3), or another report of an event.
  events: (events) => events === undefined,
}

const isAccessClaims = (payload: JWTPayload): payload is AccessClaims =>
  fits(payload, ACCESS) && isChosenRole(payload['role'], payload['selected_roleid'])

const isIdClaims = (payload: JWTPayload): payload is IdClaims => fits(payload, ID)

/** A role that is not the selected one would let somebody act under a name they did not choose. */
const isChosenRole = (role: unknown, selectedRoleId: unknown) =>
  role === undefined || (isRole(role) && role.person_roleid === selectedRoleId)
