import type { Configuration } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'

/** The beginning of the names of our cookies of a path: over https only browsers that came by it are believed. */
export const cookiePrefix = (issuer: string): string => (issuer.startsWith('https:') ? '__Secure-' : '')

/** How every cookie of ours is set here. */
export const cookieOptions = (issuer: string) =>
  ({ httpOnly: true, sameSite: 'lax', secure: issuer.startsWith('https:') }) as const

/**
 * The library's cookies: the session's is the one of the room that owns it; the others say which sign-in a page is of. None
 * is signed: the session's secret is its own proof, and of a sign-in that is what its browser keeps of it, sealed.
 */
export const cookies = ({ issuer, sessionCookieName }: OidcDeps): Configuration['cookies'] => {
  const prefix = cookiePrefix(issuer)
  const shared = cookieOptions(issuer)
  return {
    names: {
      session: sessionCookieName,
      interaction: `${prefix}fobwatch_interaction`,
      resume: `${prefix}fobwatch_resume`,
    },
    long: { ...shared, path: '/', signed: false },
    short: { ...shared, signed: false },
  }
}
