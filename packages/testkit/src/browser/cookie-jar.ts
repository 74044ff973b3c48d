import { type Cookie, domainMatches, isSecureContext, parseSetCookie } from './set-cookie.ts'

/** Keeps cookies by host, path and expiry (RFC 6265). It knows no `SameSite`: every request counts as same-site. */
export interface CookieJar {
  /** Takes the `Set-Cookie` lines of an answer from `url`. */
  readonly keep: (url: URL, setCookieLines: readonly string[]) => void
  /** What a request to `url` carries in `Cookie`; empty for nothing. */
  readonly headerFor: (url: URL) => string
}

export const createCookieJar = (now: () => Date = () => new Date()): CookieJar => {
  const cookies = new Map<string, Cookie>()

  return {
    keep: (url, setCookieLines) => {
      for (const line of setCookieLines) {
        const cookie = parseSetCookie(line, url, now())
        if (cookie) cookies.set(identityOf(cookie), cookie)
      }
    },
    headerFor: (url) =>
      [...cookies.values()]
        .filter((cookie) => cookie.expiresAt > now().getTime())
        .filter((cookie) => domainMatches(cookie, url) && pathMatches(cookie, url))
        .filter((cookie) => !cookie.secure || isSecureContext(url))
        .toSorted((one, other) => other.path.length - one.path.length)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
  }
}

/** A cookie replaces one of the same name, domain and path. */
const identityOf = ({ name, domain, hostOnly, path }: Cookie): string => JSON.stringify([name, domain, hostOnly, path])

/** A path covers itself and what lies below it, and not `/interactions` for `/interaction` (RFC 6265 §5.1.4). */
const pathMatches = ({ path }: Cookie, { pathname }: URL): boolean =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
