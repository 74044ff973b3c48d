import { bearerError, type Challenge, dpopError, stepUpChallenge, write } from './challenge.ts'

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

/**
 * A refusal, with the answer that an API gives to it: web frameworks take `status` and `headers` from an error.
 * The message says nothing about the token itself; `cause` is for the log only.
 */
export class Refused extends Error {
  readonly code: RefusalCode | AccessRefusalCode
  readonly status: 401 | 403 | 503
  /** `www-authenticate`, where the standards want one (RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3). */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: Refused['code'], message: string, answer: Answer, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.status = answer.status
    this.headers = answer.challenge ? { 'www-authenticate': write(answer.challenge) } : {}
  }
}

type Answer = { status: Refused['status']; challenge?: Challenge }

/** A token that was not accepted: 401, or 503 where the fault is not the token's. */
export class TokenRefused extends Refused {
  declare readonly code: RefusalCode

  constructor(code: RefusalCode, cause?: unknown) {
    super(code, TOKEN_MESSAGES[code], answerToToken(code), cause)
    this.name = 'TokenRefused'
  }
}

/** An accepted token that is not enough: 403, or 401 where its person could do more to be let in. */
export class AccessRefused extends Refused {
  declare readonly code: AccessRefusalCode

  constructor(code: AccessRefusalCode, needs: Parameters<typeof stepUpChallenge>[1] & { scope?: string }) {
    super(code, ACCESS_MESSAGES[code], answerToAccess(code, needs))
    this.name = 'AccessRefused'
  }
}

const answerToToken = (code: RefusalCode): Answer => {
  const description = TOKEN_MESSAGES[code]
  switch (code) {
    case 'keys_unavailable':
      return { status: 503 }
    // RFC 6750 §3.1: where no token came, no error code.
    case 'missing':
      return { status: 401, challenge: { scheme: 'Bearer' } }
    case 'proof_required':
      return { status: 401, challenge: dpopError('invalid_token', description) }
    case 'proof_invalid':
      return { status: 401, challenge: dpopError('invalid_dpop_proof', description) }
    default:
      return { status: 401, challenge: bearerError('invalid_token', description) }
  }
}

const answerToAccess = (
  code: AccessRefusalCode,
  needs: Parameters<typeof stepUpChallenge>[1] & { scope?: string },
): Answer => {
  const description = ACCESS_MESSAGES[code]
  if (code === 'level_required' || code === 'recent_check_required')
    return { status: 401, challenge: stepUpChallenge(description, needs) }
  if (code === 'scope_required')
    return { status: 403, challenge: bearerError('insufficient_scope', description, { scope: needs.scope ?? '' }) }
  return { status: 403 }
}
