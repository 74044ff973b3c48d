import { type CookieJar, createCookieJar } from './cookie-jar.ts'

/** An answer, read to its end. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Where it sends the browser, if it does. */
  readonly location: URL | undefined
  /** The body as JSON. */
  readonly json: <Body = unknown>() => Body
}

export interface RequestOptions {
  /** These go over the browser's own. */
  headers?: Record<string, string>
}

export interface FollowOptions {
  /** Where to stop: at a page, wherever it is (unless given); or before leaving the origin. */
  until?: 'page' | 'another-origin'
}

/** What a test needs of a browser: cookies, the headers that tell an origin, and redirects one at a time. */
export interface BrowserLike {
  /** Gets an address without following where it sends. */
  readonly get: (address: string | URL, options?: RequestOptions) => Promise<Page>
  /** Posts as a script of a page of this browser's origin would; without an origin, of a page of the address's own. */
  readonly postJson: (address: string | URL, body: unknown, options?: RequestOptions) => Promise<Page>
  /**
   * Gets an address, or takes an answer it is given, and goes where it sends, again and again.
   * @returns the page; or until `another-origin` the answer whose `location` lies elsewhere
   * @throws after 20 redirects
   */
  readonly follow: (start: string | URL | Page, options?: FollowOptions) => Promise<Page>
  /** The `Cookie` header that a request would carry. */
  readonly cookieHeader: (address: string | URL) => string
}

const mostRedirects = 20

/** Carries a request to a server: `fetch`, or an injection into one that does not listen. */
export type Send = (url: URL, init: RequestInit) => Promise<Response>

/**
 * A browser with an empty cookie jar. Ports of one host share their cookies, as in browsers.
 * @param origin what relative addresses start from, and where this browser's scripts run
 * @param now the time by which cookies expire; the wall's unless given
 * @param send how requests travel; over the network unless given
 */
export const createBrowserLike = (origin?: string, now?: () => Date, send: Send = fetch): BrowserLike => {
  const jar = createCookieJar(now)
  const load = loadWith(jar, send)
  const resolve = (address: string | URL) => new URL(address, origin)

  const get: BrowserLike['get'] = (address, { headers = {} } = {}) =>
    load(resolve(address), { headers: { accept: 'text/html,application/json;q=0.9,*/*;q=0.8', ...headers } })

  const postJson: BrowserLike['postJson'] = (address, body, { headers = {} } = {}) => {
    const url = resolve(address)
    const from = origin === undefined ? url.origin : new URL(origin).origin
    const own = {
      'content-type': 'application/json',
      accept: 'application/json',
      origin: from,
      'sec-fetch-site': siteOf(new URL(from), url),
    }
    return load(url, { method: 'POST', body: JSON.stringify(body), headers: { ...own, ...headers } })
  }

  const follow: BrowserLike['follow'] = async (start, { until = 'page' } = {}) => {
    let page = isPage(start) ? start : await get(start)
    for (let redirects = 0; page.location !== undefined; redirects += 1) {
      if (until === 'another-origin' && page.location.origin !== page.url.origin) return page
      if (redirects === mostRedirects) throw new Error(`redirected too often, at last to ${page.location.href}`)
      page = await get(page.location)
    }
    return page
  }

  return { get, postJson, follow, cookieHeader: (address) => jar.headerFor(resolve(address)) }
}

const loadWith =
  (jar: CookieJar, send: Send) =>
  async (url: URL, init: RequestInit & { headers: Record<string, string> }): Promise<Page> => {
    const cookie = jar.headerFor(url)
    const headers = cookie === '' ? init.headers : { cookie, ...init.headers }
    const response = await send(url, { ...init, headers, redirect: 'manual' })
    jar.keep(url, response.headers.getSetCookie())
    const body = await response.text()
    return {
      url,
      status: response.status,
      headers: response.headers,
      body,
      location: locationOf(response, url),
      json: () => JSON.parse(body),
    }
  }

/** `Sec-Fetch-Site`, for which ports of one host are one site; that domains of one owner are, it does not know. */
const siteOf = (from: URL, to: URL): string => {
  if (from.origin === to.origin) return 'same-origin'
  return from.protocol === to.protocol && from.hostname === to.hostname ? 'same-site' : 'cross-site'
}

const locationOf = ({ status, headers }: Response, url: URL): URL | undefined => {
  const location = headers.get('location')
  const redirects = status >= 300 && status < 400
  return redirects && location !== null ? new URL(location, url) : undefined
}

const isPage = (start: string | URL | Page): start is Page => typeof start !== 'string' && 'body' in start
