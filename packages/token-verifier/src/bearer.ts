import type { TokenRefused } from './refused.ts'

/**
 * Takes the token out of an `Authorization` header (RFC 6750 §2.1).
 * @returns undefined where there is no header, or one of another scheme
 */
export const readBearer = (authorization: string | undefined): string | undefined =>
  /^Bearer +([\w~+/.-]+=*)$/i.exec(authorization ?? '')?.[1]

/** The status to answer a refused token with: 503 where the fault is not the token's, else 401. */
export const statusOf = (refusal: TokenRefused): 401 | 503 => (refusal.code === 'keys_unavailable' ? 503 : 401)

/**
 * Writes the `WWW-Authenticate` header that goes with a 401 (RFC 6750 §3).
 * @param refusal left out where the request held no token at all: then the standard wants no error code
 */
export const bearerChallenge = (refusal?: TokenRefused): string => {
  if (!refusal || statusOf(refusal) !== 401) return 'Bearer'
  return `Bearer error="invalid_token", error_description="${refusal.message}"`
}

/** Writes the `WWW-Authenticate` header for a 403: the token is good, but not for this (RFC 6750 §3.1). */
export const insufficientScopeChallenge = (scope: string): string =>
  `Bearer error="insufficient_scope", error_description="The token lacks a scope", scope="${scope}"`
