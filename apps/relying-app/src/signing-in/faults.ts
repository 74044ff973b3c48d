import { TokenRefused } from '@fobwatch/token-verifier'
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'

/** Why someone could not be logged in, or out: a closed list. */
export type Fault =
  | 'fobwatch_down'
  | 'not_let_in'
  | 'log_in_needed'
  | 'role_unchanged'
  | 'check_unchanged'
  | 'not_finished'
  | 'not_believed'
  | 'only_here'

/** What Fobwatch may answer instead of a code (RFC 6749 §4.1.2.1, OpenID Connect Core 1.0 §3.1.2.6). */
const ANSWERS: Readonly<Record<string, Fault>> = {
  access_denied: 'not_let_in',
  login_required: 'log_in_needed',
  interaction_required: 'log_in_needed',
  account_selection_required: 'log_in_needed',
  consent_required: 'log_in_needed',
  unmet_authentication_requirements: 'not_let_in',
  server_error: 'fobwatch_down',
  temporarily_unavailable: 'fobwatch_down',
}

/** Codes of openid-client for an answer that is no answer: too late, or not what the protocol has, such as a bare 502. */
const NO_ANSWER = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

/**
 * Tells why a sign-in failed. What is none of these is a bug of ours, and gives undefined.
 */
export const faultOf = (error: unknown): Fault | undefined => {
  if (error instanceof AuthorizationResponseError) return ANSWERS[error.error] ?? 'not_believed'
  if (error instanceof TokenRefused) return error.status === 503 ? 'fobwatch_down' : 'not_believed'
  if (error instanceof ResponseBodyError) return faultOfTokenAnswer(error)
  if (error instanceof ClientError) return NO_ANSWER.includes(error.code ?? '') ? 'fobwatch_down' : 'not_believed'
  return isFetchFailure(error) ? 'fobwatch_down' : undefined
}

/** A code that is spent or too old is the visitor's to try again; the rest is a fault between the two services. */
const faultOfTokenAnswer = ({ error, status }: ResponseBodyError): Fault => {
  if (status >= 500) return 'fobwatch_down'
  return error === 'invalid_grant' ? 'not_finished' : 'not_believed'
}

/** `fetch` says of every broken connection that it is a TypeError with a cause. */
const isFetchFailure = (error: unknown) => error instanceof TypeError && error.cause instanceof Error

/** What the log may hold of a failure: its kind, and never what Fobwatch sent, which may be about a person. */
export const forTheLog = (error: unknown) => {
  if (!(error instanceof Error)) return { reason: 'unknown' }
  const code = 'code' in error ? { code: error.code } : {}
  const answer = 'error' in error ? { answer: error.error } : {}
  return { reason: error.message, ...code, ...answer }
}
