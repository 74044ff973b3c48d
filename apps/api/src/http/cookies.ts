import type { CookieSerializeOptions } from '@fastify/cookie'

export interface CookieNames {
  session: string
  browser: string
  /** Marks a browser that several people use. */
  shared: string
  /** Marks a browser that was logged in with before. */
  known: string
  /** Of a temporary pass, which only sets up a device. */
  pass: string
}

/**
 * The names of our cookies. Over https they carry `__Host-`, so that no sibling sub-domain can plant one (RFC 6265bis
 * §4.1.3.2); a plain-http issuer exists on localhost only, where browsers would refuse the prefix.
 */
export const cookieNames = (issuer: string): CookieNames => {
  const prefix = issuer.startsWith('https:') ? '__Host-' : ''
  return {
    session: `${prefix}fobwatch_session`,
    browser: `${prefix}fobwatch_browser`,
    shared: `${prefix}fobwatch_shared`,
    known: `${prefix}fobwatch_known`,
    pass: `${prefix}fobwatch_pass`,
  }
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

/** As long as browsers keep a cookie at most (RFC 6265bis §5.5), in seconds. */
const longest = 400 * 24 * 3600

/** How the mark of a shared browser is set: only our own pages send it. It names nobody, and can only make us stricter. */
export const sharedCookie = (issuer: string): CookieSerializeOptions => ({ ...browserCookie(issuer), maxAge: longest })

/** How the mark of a browser that was logged in with is set: applications send people here, and it goes with them. */
export const knownCookie = (issuer: string): CookieSerializeOptions => ({ ...sessionCookie(issuer), maxAge: longest })
