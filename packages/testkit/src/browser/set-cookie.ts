/** A cookie as a jar keeps it (RFC 6265 §5.3). */
export interface Cookie {
  readonly name: string
  readonly value: string
  /** The host, or the domain where the server named one. Ports do not matter. */
  readonly domain: string
  /** Whether only that very host gets it. */
  readonly hostOnly: boolean
  readonly path: string
  readonly secure: boolean
  /** Milliseconds since 1970; infinite for a session's. */
  readonly expiresAt: number
}

/**
 * Reads one `Set-Cookie` line as a browser does.
 * @returns the cookie, which may have expired already and then deletes; nothing where a browser would refuse it
 */
export const parseSetCookie = (line: string, url: URL, now: Date): Cookie | undefined => {
  const [pair = '', ...parts] = line.split(';')
  const [name, value] = splitOnce(pair)
  if (name === '') return undefined

  const attributes = new Map(parts.map((part) => [splitOnce(part)[0].toLowerCase(), splitOnce(part)[1]]))
  const named = attributes.get('domain')?.replace(/^\./, '').toLowerCase()
  const path = attributes.get('path')
  const cookie: Cookie = {
    name,
    value,
    domain: named || url.hostname,
    hostOnly: !named,
    path: path?.startsWith('/') ? path : defaultPath(url),
    secure: attributes.has('secure'),
    expiresAt: expiryOf(attributes, now),
  }
  return isAcceptable(cookie, url) ? cookie : undefined
}

/** Browsers count loopback as secure though it has no TLS. */
export const isSecureContext = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || hostname.endsWith('.localhost') || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

export const domainMatches = ({ domain, hostOnly }: Cookie, { hostname }: URL): boolean =>
  hostname === domain || (!hostOnly && hostname.endsWith(`.${domain}`))

const isAcceptable = (cookie: Cookie, url: URL): boolean => {
  if (!domainMatches(cookie, url)) return false
  if (cookie.secure && !isSecureContext(url)) return false
  if (cookie.name.startsWith('__Secure-')) return cookie.secure
  if (cookie.name.startsWith('__Host-')) return cookie.secure && cookie.hostOnly && cookie.path === '/'
  return true
}

/** `Max-Age` in seconds goes before `Expires`. */
const expiryOf = (attributes: Map<string, string>, now: Date): number => {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now.getTime() + Number(maxAge) * 1000
  const expires = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires
}

/** The folder of the address that set it (RFC 6265 §5.1.4). */
const defaultPath = ({ pathname }: URL): string => pathname.slice(0, pathname.lastIndexOf('/')) || '/'

const splitOnce = (text: string): [name: string, value: string] => {
  const at = text.indexOf('=')
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}
