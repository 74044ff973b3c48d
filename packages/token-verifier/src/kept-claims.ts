import type { AccessClaims } from './claims.ts'

const kept = new WeakMap<object, AccessClaims>()

/** Keeps the claims of a request for as long as there is the request. */
export const keepClaims = (request: object, claims: AccessClaims): void => void kept.set(request, claims)

/**
 * The claims of the token that a guard let a request in by.
 * @throws Error where no guard did: the route is open
 */
export const claimsOf = (request: object): AccessClaims => {
  const claims = kept.get(request)
  if (!claims) throw new Error('No guard let this request in: the route has none')
  return claims
}
