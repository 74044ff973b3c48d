import { type AdapterPayload, errors } from 'oidc-provider'
import { unverifiedClaims } from '../library/unverified-claims.ts'

/** Of all that a pushed request says, as JSON. Characters. It is kept for a minute, for any public client that asks. */
const longest = 16 * 1024

/**
 * Says what is too large about a pushed request, or cannot be stored in a sign-in that begins with it, before it is
 * stored itself (RFC 9126 §2.3).
 * @param payload what the library would keep: the parameters as a JWT that nobody signed
 * @throws InvalidRequest
 */
export const checkPushed = ({ request }: AdapterPayload): void => {
  const parameters = JSON.stringify(unverifiedClaims(String(request)) ?? {})
  if (parameters.length > longest) throw new errors.InvalidRequest(`the request is longer than ${longest}`, 413)
  // PostgreSQL keeps no NUL in text.
  if (parameters.includes('\\u0000')) throw new errors.InvalidRequest('a parameter has a NUL in it')
}
