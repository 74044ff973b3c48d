/**
 * The token verifier: what an application installs to check the tokens that Fobwatch signs, and nothing else.
 * It trusts one issuer, fetches that issuer's keys itself, and never looks where a token says its key is.
 * Invariant: whatever is handed to it, it either returns claims that were all checked, or throws `TokenRefused`.
 */
export { bearerChallenge, insufficientScopeChallenge, readBearer, statusOf } from './bearer.ts'
export type { AccessClaims, IdClaims } from './claims.ts'
export { hasActivity, hasScope } from './may.ts'
export type { Algorithm, VerifierOptions } from './options.ts'
export type { RefusalCode } from './refused.ts'
export { TokenRefused } from './refused.ts'
export type { Activity, Role } from './role.ts'
export type { TokenVerifier, Verified } from './verifier.ts'
export { createTokenVerifier } from './verifier.ts'
