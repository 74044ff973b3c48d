import assert from 'node:assert/strict'

export type Answer = { status: number; url: URL; body: string; headers: Headers }

type Sent = { method?: 'GET' | 'POST'; headers?: Record<string, string> }

const MOST_REDIRECTS = 10

/**
 * A browser without a screen: it keeps cookies, follows redirects wherever they lead, and holds every page that it
 * meets to the rules that all of them share.
 */
export const createVisitor = (origin: string) => {
  const cookies = new Map<string, string>()

  const once = async (url: URL, { method = 'GET', headers = {} }: Sent) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...headers },
    })
    for (const line of response.headers.getSetCookie()) keep(cookies, line)
    return response
  }

  const go = async (path: string, sent: Sent = {}): Promise<Answer> => {
    let url = new URL(path, origin)
    let response = await once(url, sent)
    for (let redirects = 0; response.status === 303; redirects += 1) {
      assert.ok(redirects < MOST_REDIRECTS, `too many redirects, at ${url}`)
      url = new URL(response.headers.get('location') ?? '', url)
      response = await once(url, {})
    }
    const answer = { status: response.status, url, body: await response.text(), headers: response.headers }
    if (response.headers.get('content-type')?.startsWith('text/html')) assertGoodPage(answer)
    return answer
  }

  return {
    cookies,
    go,
    /** One step, with no redirect followed. */
    step: (path: string, sent: Sent = {}) => once(new URL(path, origin), sent),
    logIn: (returnTo = '/') => go(`/sign-in?return=${encodeURIComponent(returnTo)}`),
    /** As the form on every page does it. */
    logOut: () =>
      go('/sign-out', { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' } }),
  }
}

const keep = (cookies: Map<string, string>, line: string) => {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (value === '') cookies.delete(name)
  else cookies.set(name, value)
}

const OUR_SCRIPT = '<script type="module" src="/assets/time-warning.js"></script>'

/** One H1, which begins the title; a language; no script but our file, no inline style, nothing from elsewhere. */
const assertGoodPage = ({ body, url, headers }: Answer) => {
  const headings = [...body.matchAll(/<h1[^>]*>([^<]+)<\/h1>/g)].map(([, text]) => text)
  assert.equal(headings.length, 1, `one H1 at ${url}`)
  assert.ok(body.includes(`<title>${headings[0]} – Ward list (sample)</title>`), `the title at ${url}`)
  assert.match(body, /<html lang="en">/)
  assert.doesNotMatch(body.replace(OUR_SCRIPT, ''), /<script|<style|\sstyle=|\son\w+=|javascript:|src=|href="https?:/)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.match(
    headers.get('content-security-policy') ?? '',
    /^default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';/,
  )
}
