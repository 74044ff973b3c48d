import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { CreationOptions, RequestOptions } from '@fobwatch/contracts'
import { type BrowserLike, createBrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { authorizeUrl } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  enrol,
  inviteCode,
  issuer,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../service.testing.ts'

const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'"

describe('the headers of an answer', () => {
  let service: TestService
  let signedIn: BrowserLike
  let webDir: string
  before(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'fobwatch-web-'))
    await mkdir(join(webDir, 'assets'))
    await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Fobwatch</title>')
    await writeFile(join(webDir, 'assets', 'main-a1B2c3D4.js'), 'void 0')
    await writeFile(join(webDir, 'assets', 'fobwatch.css'), '')
    service = await startService({ environment: { FOBWATCH_WEB_DIR: webDir } })
    await registerClient(service)
    signedIn = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
  })
  after(async () => {
    await service.close()
    await rm(webDir, { recursive: true })
  })

  it('let no page run a script that is not a file of ours, nor be framed, nor tell where one came from', async () => {
    const pages = {
      'the front end': await signedIn.get('/sign-in/fobwatch'),
      'no page of the front end': await signedIn.get('/nothing'),
      'an error of OpenID Connect': await signedIn.get(authorizeUrl({ redirect_uri: 'https://evil.example' })),
      'the question whether to log out': await signedIn.get('/logout'),
      'the page after logging out': await signedIn.get('/logout/success'),
      'the page of the API': await signedIn.get('/docs'),
      'a sign-in that has ended': await signedIn.get('/authorize/x'),
    }
    for (const [what, { headers, body }] of Object.entries(pages)) {
      assert.match(headers.get('content-type') ?? '', /^text\/html/, what)
      const theirs = headers.get('content-security-policy')
      assert.ok(theirs === policy || theirs === policy.replace(";form-action 'self'", ''), `${what}: ${theirs}`)
      assert.doesNotMatch(body, /<script(?![^>]* src=")|\son\w+=|javascript:|<style|\sstyle=/i, what)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', what)
      assert.equal(headers.get('referrer-policy'), 'no-referrer', what)
      assert.equal(headers.get('x-frame-options'), 'DENY', what)
      assert.equal(headers.get('x-powered-by'), null, what)
      assert.equal(headers.get('strict-transport-security'), null, what)
    }
  })

  it('keep what is somebody’s own out of every cache, and let files that never change be kept', async () => {
    const cached = async (path: string) => (await signedIn.get(path)).headers.get('cache-control')
    for (const path of ['/api/session', authorizeUrl(), '/userinfo', '/logout'])
      assert.match((await cached(path)) ?? '', /no-store/, path)
    assert.equal(await cached('/sign-in/fobwatch'), 'no-store')
    assert.equal(await cached('/assets/fobwatch.css'), 'no-cache')
    assert.equal(await cached('/assets/main-a1B2c3D4.js'), 'public, max-age=31536000, immutable')
    const nobody = await service.app.inject('/api/session')
    assert.equal(nobody.headers['cache-control'], 'no-store')
  })

  describe('whatever a request says about where we are', () => {
    const lies: Record<string, string>[] = [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
      { forwarded: 'for=1.2.3.4;host=evil.example;proto=https' },
      { 'x-forwarded-prefix': '/evil', 'x-original-url': '/evil', 'x-rewrite-url': '/evil' },
      { host: 'evil.example' },
      { host: 'evil.example:3000', 'x-forwarded-for': '10.0.0.1' },
    ]
    for (const headers of lies) {
      const told = Object.entries(headers).map((pair) => pair.join(': '))
      it(`line 38: the issuer, its addresses and where it sends people stay the same (${told.join(', ')})`, async () => {
        const discovery = (await service.app.inject({ url: '/.well-known/openid-configuration', headers })).json()
        assert.equal(discovery.issuer, issuer)
        assert.doesNotMatch(JSON.stringify(discovery), /evil|https:\/\//)
        const started = await service.app.inject({
          url: new URL(authorizeUrl()).pathname + new URL(authorizeUrl()).search,
          headers,
        })
        assert.equal(started.statusCode, 303)
        assert.match(String(started.headers['location']), /^\/sign-in\/[\w-]+$/)
        assert.doesNotMatch(JSON.stringify(started.headers['set-cookie']), /domain|evil|secure/i)
        const out = await service.app.inject({ url: '/logout', headers })
        assert.equal(out.headers['location'], `${issuer}/logout/success`)
        const asked = await service.app.inject({
          url: '/logout',
          headers: { ...headers, cookie: signedIn.cookieHeader(`${issuer}/`) },
        })
        assert.match(asked.body, /action="http:\/\/localhost:3000\/logout\/confirm"/)
      })
    }

    it('line 38: a request that names another host in its first line changes nothing', async () => {
      const port = Number(new URL(await service.app.listen({ host: '127.0.0.1', port: 0 })).port)
      const ask = async (path: string) => {
        const socket = connect(port, '127.0.0.1')
        let answer = ''
        socket.on('data', (chunk) => {
          answer += chunk
        })
        socket.write(`GET http://evil.example${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
        await once(socket, 'close')
        return answer
      }
      const discovery = await ask('/.well-known/openid-configuration')
      assert.match(discovery, /"issuer":"http:\/\/localhost:3000"/)
      assert.doesNotMatch(discovery, /evil/)
      assert.doesNotMatch(await ask('/logout'), /evil/)
    })
  })

  describe('behind https', () => {
    const home = 'https://id.example.org'
    let secure: TestService
    before(async () => {
      secure = await startService({
        environment: { FOBWATCH_ISSUER: home, FOBWATCH_WEB_DIR: webDir },
      })
      await registerClient(secure, {
        ...ward,
        metadata: { ...ward.metadata, post_logout_redirect_uris: ['https://ward.example/'] },
      })
    })
    after(() => secure.close())

    /** A browser at the address that people know, though the service itself speaks plain http behind a proxy. */
    const browserThere = () =>
      createBrowserLike(home, undefined, async (url, { method = 'GET', headers, body }) => {
        const answer = await secure.app.inject({
          method: method as 'GET' | 'POST',
          url: url.pathname + url.search,
          headers: { host: '10.0.0.7:3000', ...(headers as Record<string, string>) },
          ...(typeof body === 'string' && { payload: body }),
        })
        const pairs = Object.entries(answer.headers).flatMap(([name, value]) =>
          [value].flat().map((each): [string, string] => [name, String(each)]),
        )
        return new Response(answer.statusCode === 204 ? null : answer.rawPayload, {
          status: answer.statusCode,
          headers: pairs,
        })
      })
    const authorize = (more: Record<string, string> = {}) => {
      const url = new URL(authorizeUrl(more))
      return url.pathname + url.search
    }

    const signInThere = async () => {
      const person = await addPerson(secure)
      const code = await inviteCode(secure, person.id)
      const device = createSoftwareAuthenticator()
      const browser = browserThere()
      const creation = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
      const response = device.register(creation, { origin: home })
      const enrolled = await browser.postJson('/api/enrolment', { code, response })
      assert.equal(enrolled.status, 200)
      const start = await browser.follow(authorize(), { until: 'another-origin' })
      const asked = await browser.postJson(`${start.url.pathname}/options`, {})
      const asserted = await browser.postJson(`${start.url.pathname}/assertion`, {
        response: device.authenticate(asked.json<RequestOptions>(), { origin: home }),
      })
      return { browser, enrolled, asked, asserted }
    }

    it('tell browsers to keep to it', async () => {
      const { headers } = await secure.app.inject('/health/live')
      assert.equal(headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
    })

    it('set cookies that no plain connection and no sibling can see or plant', async () => {
      const { browser, enrolled, asked, asserted } = await signInThere()
      assert.equal(asserted.status, 200, asserted.body)
      const url = asserted.json<{ url: string }>().url
      assert.match(url, /^https:\/\/id\.example\.org\/authorize\//)
      const back = await browser.follow(url, { until: 'another-origin' })
      assert.ok(back.location?.searchParams.has('code'))
      assert.equal(back.location?.searchParams.get('iss'), home)

      const first = await browserThere().get(authorize())
      const lines = [enrolled, first, asked, asserted, back].flatMap(({ headers }) => headers.getSetCookie())
      assert.ok(lines.length >= 5)
      for (const line of lines) {
        assert.match(line, /; secure/i, line)
        assert.match(line, /; httponly/i, line)
        assert.match(line, /; samesite=(lax|strict)/i, line)
        assert.doesNotMatch(line, /domain/i, line)
        assert.match(line, /^__(Host|Secure)-fobwatch_/, line)
        if (line.startsWith('__Host-')) assert.match(line, /; path=\/(;|$)/i, line)
      }
      const names = new Set(lines.map((line) => line.split('=', 1)[0]))
      assert.deepEqual([...names].sort(), [
        '__Host-fobwatch_browser',
        '__Host-fobwatch_known',
        '__Host-fobwatch_session',
        '__Secure-fobwatch_interaction',
        '__Secure-fobwatch_resume',
        '__Secure-fobwatch_sign_in',
      ])
    })

    it('take the session’s cookie away in a form that browsers believe', async () => {
      const { browser } = await signInThere()
      const question = await browser.get('/logout')
      const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.body)?.[1] ?? ''
      assert.match(question.body, /action="https:\/\/id\.example\.org\/logout\/confirm"/)
      const answer = await secure.app.inject({
        method: 'POST',
        url: '/logout/confirm',
        headers: { cookie: browser.cookieHeader(`${home}/`), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
      })
      assert.equal(answer.statusCode, 303)
      const [line] = [answer.headers['set-cookie'] ?? []].flat()
      assert.match(line ?? '', /^__Host-fobwatch_session=; path=\/; expires=Thu, 01 Jan 1970 00:00:00 GMT;.*secure/i)
      assert.equal((await browser.get('/api/session')).status, 401)

      const dead = { cookie: '__Host-fobwatch_session=dead' }
      const asked = await secure.app.inject({ url: authorize(), headers: dead })
      const forgotten = [asked.headers['set-cookie'] ?? []]
        .flat()
        .filter((each) => each.startsWith('__Host-fobwatch_session'))
      assert.match(
        forgotten.join(' and '),
        /^__Host-fobwatch_session=; path=\/; expires=Thu, 01 Jan 1970[^=]*;.*secure/i,
      )

      const again = await signInThere()
      const ended = await secure.app.inject({
        method: 'DELETE',
        url: '/api/session',
        headers: { cookie: again.browser.cookieHeader(`${home}/`), origin: home },
      })
      assert.match(String(ended.headers['set-cookie']), /^__Host-fobwatch_session=;.*Path=\/;.*Secure/)
    })
  })
})
