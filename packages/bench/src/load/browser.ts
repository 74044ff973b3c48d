import type { Answer, Wire } from './wire.ts'

/** What a page got. */
export interface Page extends Answer {
  url: URL
  /** Where it was sent on to. */
  location: URL | undefined
}

/** A browser of its own: it keeps cookies, and says what browsers say. */
export interface Browser {
  /** Goes to an address, as a link does. */
  get: (url: URL) => Promise<Page>
  /** What a page of the service asks for or sends by itself. */
  ask: (url: URL, from: URL, body?: object) => Promise<Page>
  /** The same browser, its cookies too, over another wire. */
  over: (wire: Wire) => Browser
}

interface Cookie {
  name: string
  value: string
  path: string
}

const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** @throws Error that says what was answered, unless it was a success */
export const expectOk = (page: Page): Page => {
  if (page.status !== 200) throw new Error(`${page.url.pathname} answered ${page.status}: ${page.body.slice(0, 500)}`)
  return page
}

/** @throws Error that says what was answered, unless it was a redirect */
export const expectRedirect = (page: Page): URL => {
  if (page.location) return page.location
  throw new Error(`${page.url.pathname} answered ${page.status}: ${page.body.slice(0, 500)}`)
}

const addresses = 10_000
let opened = 0

/** Browsers come from many places, as a proxy in front of the service tells it. */
const nextAddress = (): string => {
  opened = (opened + 1) % addresses
  return `10.0.${opened >> 8}.${opened & 255}`
}

/** Opens a browser with no cookies, at the next address. Its cookies are one service's: it goes nowhere else. */
export const openBrowser = (wire: Wire): Browser => over(wire, { cookies: [], address: nextAddress() })

/** What a browser keeps, and where it is. */
interface Kept {
  cookies: Cookie[]
  address: string
}

const over = (wire: Wire, browser: Kept): Browser => {
  const own = { 'user-agent': userAgent, 'x-forwarded-for': browser.address }
  const load = async (url: URL, method: 'GET' | 'POST', headers: Record<string, string>, body?: string) => {
    const cookie = browser.cookies
      .filter(({ path }) => isBelow(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const answer = await wire.send({
      method,
      path: url.pathname + url.search,
      headers: { ...own, ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { body }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) browser.cookies = kept(browser.cookies, line)
    const { location } = answer.headers
    return { ...answer, url, location: typeof location === 'string' ? new URL(location, url) : undefined }
  }
  return {
    get: (url) => load(url, 'GET', { accept: 'text/html', 'sec-fetch-site': 'cross-site' }),
    ask: (url, from, body) => {
      const always = { accept: 'application/json', 'sec-fetch-site': 'same-origin' }
      if (body === undefined) return load(url, 'GET', always)
      const headers = { ...always, origin: from.origin, 'content-type': 'application/json' }
      return load(url, 'POST', headers, JSON.stringify(body))
    },
    over: (other) => over(other, browser),
  }
}

const isBelow = (pathname: string, path: string) =>
  path === '/' || pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)

/** The cookies after one more was set, or ended (RFC 6265 §5.3, as far as a service on one host can tell). */
const kept = (cookies: readonly Cookie[], line: string): Cookie[] => {
  const [pair = '', ...parts] = line.split('; ')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  const attributes = new Map(parts.map((part) => part.toLowerCase().split('=', 2) as [string, string]))
  const path = parts.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
  const others = cookies.filter((each) => each.name !== name || each.path !== path)
  const expires = attributes.get('expires')
  const isOver = attributes.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now())
  return isOver ? others : [...others, { name, value, path }]
}
