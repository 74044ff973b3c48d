import type { LogoutClaims } from './logout-claims.ts'
import { TokenRefused } from './refused.ts'
import type { TokenVerifier } from './verifier.ts'

/** Whose sessions ended: one session by `sid`, or all of a person by `sub`. At least one of the two is there. */
export type EndedSessions = Pick<LogoutClaims, 'sid' | 'sub'>

/** How to answer a back-channel logout. No proxy may keep the answer. */
export type LogoutAnswer = {
  status: 200 | 400 | 503
  headers: Readonly<Record<string, string>>
  body: string
}

/**
 * Takes a back-channel logout: verifies the token in the form, and ends the sessions that it names.
 * @param form the body of the request, as text or already parsed
 * @param end ends sessions; what it throws is thrown on
 * @returns 200, or 400 for what cannot be believed (OpenID Connect Back-Channel Logout 1.0 §2.8); 503 while the key of
 *   the token is unknown or no keys can be had, since a 400 is the last word, and this logout should come again
 */
export const receiveLogout = async (
  { verifyLogoutToken }: Pick<TokenVerifier, 'verifyLogoutToken'>,
  form: unknown,
  end: (ended: EndedSessions) => unknown,
): Promise<LogoutAnswer> => {
  const verified = await verifyLogoutToken(logoutTokenIn(form)).catch((error: unknown) => {
    if (error instanceof TokenRefused) return error
    throw error
  })
  if (verified instanceof TokenRefused)
    return answer(
      verified.status === 503 ? 503 : 400,
      { error: 'invalid_request', error_description: verified.message },
      verified.headers['retry-after'],
    )

  const { sid, sub } = verified.claims
  await end({ ...(sid !== undefined && { sid }), ...(sub !== undefined && { sub }) })
  return answer(200, {})
}

const answer = (status: LogoutAnswer['status'], body: object, retryAfter?: string): LogoutAnswer => ({
  status,
  headers: {
    'cache-control': 'no-store',
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
  },
  body: JSON.stringify(body),
})

/** The one `logout_token` of a form; of none or several comes the empty token, which is refused. */
const logoutTokenIn = (form: unknown): string => {
  const [token, ...more] = typeof form === 'string' ? new URLSearchParams(form).getAll('logout_token') : [fieldOf(form)]
  return typeof token === 'string' && more.length === 0 ? token : ''
}

const fieldOf = (form: unknown) =>
  typeof form === 'object' && form !== null && 'logout_token' in form ? form.logout_token : undefined
