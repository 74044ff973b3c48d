/**
 * The token verifier: what an application installs to check the tokens that Fobwatch signs, and nothing else.
 * It trusts one issuer, fetches that issuer's keys itself, and never looks where a token says its key is.
 * Invariant: whatever is handed to it, it either returns claims that were all checked, or throws `TokenRefused`.
 */
export type { Algorithm } from './algorithms.ts'
export type { AccessRefusalCode, RefusalCode } from './answers.ts'
export type { AccessClaims, IdClaims } from './claims.ts'
export { demand } from './demand.ts'
export { type Level, levelOf } from './level.ts'
export type { LogoutClaims } from './logout-claims.ts'
export { type EndedSessions, type LogoutAnswer, receiveLogout } from './logouts.ts'
export { hasActivity, hasScope } from './may.ts'
export type { Needs } from './needs.ts'
export type { VerifierOptions } from './options.ts'
export { AccessRefused, Refused, TokenRefused } from './refused.ts'
export { createReplayMemory, type ReplayMemory } from './replays.ts'
export type { HeadersLike, RequestLike } from './request.ts'
export type { Activity, Role } from './role.ts'
export { type StepUp, stepUpOf } from './step-up-of.ts'
export type { TokenVerifier, Verified } from './verifier.ts'
export { createTokenVerifier } from './verifier.ts'
