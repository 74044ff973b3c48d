const MESSAGES = {
  malformed: 'The token is not a complete, well-formed token of this kind',
  algorithm: 'The token is signed with an algorithm that is not accepted',
  type: 'The token is of another type',
  signature: 'The token is not signed by a key of the issuer',
  issuer: 'The token comes from another issuer',
  audience: 'The token is meant for another audience',
  expired: 'The token has expired',
  not_yet_valid: 'The token is not valid yet',
  claims: 'The token lacks a claim, or has one that is not as it should be',
  keys_unavailable: 'The keys of the issuer could not be fetched',
} as const

/** Why a token was refused: a closed list, safe to log and to branch on. */
export type RefusalCode = keyof typeof MESSAGES

/** A token that was not accepted. The message says nothing about the token itself; `cause` is for the log only. */
export class TokenRefused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, cause?: unknown) {
    super(MESSAGES[code], { cause })
    this.name = 'TokenRefused'
    this.code = code
  }
}
