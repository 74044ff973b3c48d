import type { Configuration } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'

/** The library's cookies: the session's is the one of the room that owns it; the others tie a sign-in to its browser. */
export const cookies = ({ issuer, cookieKey, sessionCookieName }: OidcDeps): Configuration['cookies'] => {
  const prefix = issuer.startsWith('https:') ? '__Secure-' : ''
  const shared = { httpOnly: true, sameSite: 'lax', secure: issuer.startsWith('https:') } as const
  return {
    keys: [cookieKey.toString('base64url')],
    names: {
      session: sessionCookieName,
      interaction: `${prefix}fobwatch_interaction`,
      resume: `${prefix}fobwatch_resume`,
    },
    // The session's secret is its own proof; a signature would add nothing.
    long: { ...shared, path: '/', signed: false },
    short: { ...shared, signed: true },
  }
}
