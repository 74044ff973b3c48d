import {
  ACCESS_MESSAGES,
  type AccessRefusalCode,
  type Answer,
  answerToAccess,
  answerToToken,
  type RefusalCode,
  TOKEN_MESSAGES,
} from './answers.ts'
import { type Scheme, write } from './challenge.ts'
import type { Needs } from './needs.ts'

/**
 * A refusal, with the answer that an API gives to it: web frameworks take `status` and `headers` from an error.
 * The message says nothing about the token itself; `cause` is for the log only.
 */
export class Refused extends Error {
  readonly code: RefusalCode | AccessRefusalCode
  readonly status: Answer['status']
  /** `www-authenticate`, where the standards want one (RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3); `retry-after` beside 503. */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: Refused['code'], message: string, answer: Answer, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.status = answer.status
    this.headers = {
      ...(answer.challenge && { 'www-authenticate': write(answer.challenge) }),
      // Whole seconds (RFC 9110 §10.2.3), and not at once.
      ...(answer.retryAfterSeconds !== undefined && {
        'retry-after': String(Math.max(1, Math.ceil(answer.retryAfterSeconds))),
      }),
    }
  }
}

/** A token that was not accepted: 401, or 503 where the fault is not the token's. */
export class TokenRefused extends Refused {
  declare readonly code: RefusalCode

  /** @param retryAfterSeconds when more can be said, of a token that may be good */
  constructor(code: RefusalCode, cause?: unknown, retryAfterSeconds?: number) {
    super(code, TOKEN_MESSAGES[code], answerToToken(code, retryAfterSeconds), cause)
    this.name = 'TokenRefused'
  }
}

/** An accepted token that is not enough: 403, or 401 where its person could do more to be let in. */
export class AccessRefused extends Refused {
  declare readonly code: AccessRefusalCode

  /**
   * @param needs all that the request needs, of which one was not met
   * @param scheme in which the token came: the challenge is for the same
   */
  constructor(code: AccessRefusalCode, needs: Needs, scheme: Scheme = 'Bearer') {
    super(code, ACCESS_MESSAGES[code], answerToAccess(code, needs, scheme))
    this.name = 'AccessRefused'
  }
}
