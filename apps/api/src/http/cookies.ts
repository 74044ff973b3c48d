import type { CookieSerializeOptions } from '@fastify/cookie'

export interface CookieNames {
  session: string
  browser: string
}

/**
 * The names of our cookies. Over https they carry `__Host-`, so that no sibling sub-domain can plant one (RFC 6265bis
 * §4.1.3.2); a plain-http issuer exists on localhost only, where browsers would refuse the prefix.
 */
export const cookieNames = (issuer: string): CookieNames => {
  const prefix = issuer.startsWith('https:') ? '__Host-' : ''
  return { session: `${prefix}fobwatch_session`, browser: `${prefix}fobwatch_browser` }
}

/** How the session cookie is set: `lax`, because an application sends people here from another site. */
export const sessionCookie = (issuer: string): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  secure: issuer.startsWith('https:'),
  sameSite: 'lax',
})

/** How the browser's own secret is set: only our own pages ever send it. */
export const browserCookie = (issuer: string): CookieSerializeOptions => ({
  ...sessionCookie(issuer),
  sameSite: 'strict',
})
