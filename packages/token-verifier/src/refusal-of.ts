import { errors } from 'jose'
import type { RefusalCode } from './answers.ts'
import { TokenRefused } from './refused.ts'

const BY_CODE: Readonly<Record<string, RefusalCode>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JOSE_NOT_SUPPORTED: 'algorithm',
  ERR_JWS_INVALID: 'malformed',
  ERR_JWT_INVALID: 'malformed',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWT_EXPIRED: 'expired',
}

const BY_CLAIM: Readonly<Record<string, RefusalCode>> = { iss: 'issuer', aud: 'audience', nbf: 'not_yet_valid' }

/** Turns what jose threw into a refusal. What is neither jose's nor a refusal is a bug, and is passed on as it is. */
export const refusalOf = (error: unknown): unknown => {
  if (error instanceof errors.JWTClaimValidationFailed) return new TokenRefused(claimCode(error), error)
  if (!(error instanceof errors.JOSEError)) return error
  const code = BY_CODE[error.code]
  return code ? new TokenRefused(code, error) : error
}

const claimCode = ({ claim, reason }: errors.JWTClaimValidationFailed): RefusalCode => {
  if (claim === 'nbf' && reason !== 'check_failed') return 'claims'
  return BY_CLAIM[claim] ?? 'claims'
}
