import { badProof, type Challenge, insufficientScope, invalidToken, type Scheme, stepUp } from './challenge.ts'
import type { Needs } from './needs.ts'

export const TOKEN_MESSAGES = {
  missing: 'The request holds no access token',
  malformed: 'The token is not a complete, well-formed token of this kind',
  algorithm: 'The token is signed with an algorithm that is not accepted',
  type: 'The token is of another type',
  signature: 'The token is not signed by a key of the issuer',
  issuer: 'The token comes from another issuer',
  audience: 'The token is meant for another audience',
  expired: 'The token has expired',
  not_yet_valid: 'The token is not valid yet',
  claims: 'The token lacks a claim, or has one that is not as it should be',
  replayed: 'The token was used before',
  proof_required: 'The token is bound to a key, and the request does not prove that its sender has it',
  proof_invalid: 'The proof of the key is not complete, not for this request and token, or was used before',
  key_unknown: 'The key of the token is not known here, and the issuer may not be asked for it again so soon',
  keys_unavailable: 'The keys of the issuer could not be fetched',
} as const

export const ACCESS_MESSAGES = {
  scope_required: 'The token lacks a scope',
  role_required: 'This needs another role, or a role at all',
  organisation_required: 'This needs a role at another organisation',
  activity_required: 'The role does not include the activity that this needs',
  level_required: 'This needs a stronger check of who the person is',
  recent_check_required: 'This needs a more recent check of who the person is',
} as const

/** Why a token was refused: a closed list, safe to log and to branch on. */
export type RefusalCode = keyof typeof TOKEN_MESSAGES

/** What a good token is not enough for: a closed list, safe to log and to branch on. */
export type AccessRefusalCode = keyof typeof ACCESS_MESSAGES

/** How an API answers a refusal. */
export type Answer = { status: 401 | 403 | 503; challenge?: Challenge; retryAfterSeconds?: number }

/**
 * What is answered to a token that was not accepted.
 * @param retryAfterSeconds when more can be said of a token that may be good
 */
export const answerToToken = (code: RefusalCode, retryAfterSeconds?: number): Answer => {
  const description = TOKEN_MESSAGES[code]
  switch (code) {
    case 'key_unknown':
    case 'keys_unavailable':
      return { status: 503, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }
    // RFC 6750 §3.1: where no token came, no error code.
    case 'missing':
      return { status: 401, challenge: { scheme: 'Bearer' } }
    case 'proof_required':
      return { status: 401, challenge: badProof('invalid_token', description) }
    case 'proof_invalid':
      return { status: 401, challenge: badProof('invalid_dpop_proof', description) }
    default:
      return { status: 401, challenge: invalidToken(description) }
  }
}

/** What is answered to a good token that is not enough. */
export const answerToAccess = (code: AccessRefusalCode, needs: Needs, scheme: Scheme): Answer => {
  const description = ACCESS_MESSAGES[code]
  switch (code) {
    case 'level_required':
    case 'recent_check_required':
      return { status: 401, challenge: stepUp(description, needs, scheme) }
    case 'scope_required':
      return { status: 403, challenge: insufficientScope(description, needs, scheme) }
    default:
      return { status: 403 }
  }
}
