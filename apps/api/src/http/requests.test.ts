import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Failure, refusals } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { addPerson, enrol, issuer, signInHere, startService, type TestService } from '../service.testing.ts'

describe('a request', () => {
  let service: TestService
  let browser: BrowserLike
  let authenticatorId: string
  let port: number
  before(async () => {
    service = await startService()
    const { device, enrolled } = await enrol(service, (await addPerson(service)).id)
    authenticatorId = enrolled.id
    browser = await signInHere(service, device)
    port = Number(new URL(await service.app.listen({ host: '127.0.0.1', port: 0 })).port)
  })
  after(() => service.close())

  const cookie = () => browser.cookieHeader(`${issuer}/`)
  type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS'
  const send = async (method: Method, url: string, headers: Record<string, string> = {}, payload?: string) => {
    const answer = await service.app.inject({
      method,
      url,
      headers: { cookie: cookie(), ...headers },
      ...(payload !== undefined && { payload }),
    })
    const error = answer.body.startsWith('{"error"') ? answer.json<Failure>().error : undefined
    return { status: answer.statusCode, error, headers: answer.headers, body: answer.body }
  }
  const json = { 'content-type': 'application/json', origin: issuer }
  /** Writes bytes as they are. @returns everything that came back */
  const raw = async (bytes: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
      const [head = '', body] = answer.split('\r\n\r\n', 2)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.POSITIVE_INFINITY)
      if (body !== undefined && Buffer.byteLength(body) >= length) socket.destroy()
    })
    socket.write(bytes)
    await once(socket, 'close')
    return answer
  }

  describe('from another website', () => {
    const deeds = [
      ['POST', '/sign-in/fobwatch/options', '{}'],
      ['POST', '/api/session/assertion/options', '{}'],
      ['POST', '/api/authenticators/options', '{}'],
      ['DELETE', '/api/session', undefined],
      ['POST', '/api/enrolment/invitation', '{"code":"x"}'],
      ['PATCH', '/api/authenticators/3f1c2a50-7a86-4b0e-9f5e-0d8a3c1f4b11', '{"name":"x"}'],
    ] as const

    for (const [what, headers] of [
      ['an origin that is not ours', { origin: 'https://evil.example' }],
      ['the origin of another port', { origin: 'http://localhost:3001' }],
      ['our origin over https', { origin: 'https://localhost:3000' }],
      ['a sandboxed frame', { origin: 'null' }],
      ['an empty origin', { origin: '' }],
      ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['a browser that says same-site, which another port is', { 'sec-fetch-site': 'same-site' }],
      ['a browser that says none', { 'sec-fetch-site': 'none' }],
      ['our origin and a browser that says cross-site', { origin: issuer, 'sec-fetch-site': 'cross-site' }],
      ['two origins', { origin: `${issuer}, https://evil.example` }],
    ] as const)
      it(`line 31: with ${what} does nothing`, async () => {
        for (const [method, url, payload] of deeds) {
          const { status, error } = await send(method, url, { 'content-type': 'application/json', ...headers }, payload)
          assert.deepEqual([status, error], [403, 'cross_site'], `${method} ${url}`)
        }
        assert.equal((await browser.get('/api/session')).status, 200)
      })

    it('is not let read either, by whatever spelling, since reading is recorded', async () => {
      for (const site of ['cross-site', 'same-site'])
        for (const url of ['/api/session', '/%61pi/session', '/api/desk/reports/people.csv', '/api/desk/audit'])
          for (const method of ['GET', 'HEAD'] as const)
            assert.equal((await send(method, url, { 'sec-fetch-site': site })).status, 403, `${site} ${method} ${url}`)
      assert.equal((await send('GET', '/api/session', { origin: 'https://evil.example' })).error, 'cross_site')
      for (const site of ['same-origin', 'none'])
        assert.equal((await send('GET', '/api/session', { 'sec-fetch-site': site })).status, 200)
      // Pages are what others link to.
      assert.notEqual((await send('GET', '/desk', { 'sec-fetch-site': 'cross-site' })).status, 403)
    })

    it('line 31: that no script sent, as a form can, does nothing', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])
        for (const origin of [{}, { origin: issuer }])
          for (const [method, url, payload] of deeds.filter(([, , body]) => body !== undefined)) {
            const { status } = await send(method, url, { 'content-type': type, ...origin }, payload)
            assert.equal(status, 415, `${type} ${url}`)
          }
    })

    it('is let in by ours, and by what is no browser', async () => {
      for (const headers of [
        json,
        { ...json, 'sec-fetch-site': 'same-origin' },
        { 'content-type': 'application/json' },
      ])
        assert.equal((await send('POST', '/sign-in/fobwatch/options', headers, '{}')).status, 200)
    })

    it('gets no permission by CORS', async () => {
      for (const url of ['/api/session', '/sign-in/fobwatch/state', '/token', '/userinfo', '/introspect', '/revoke']) {
        const { headers } = await send('OPTIONS', url, {
          origin: 'https://evil.example',
          'access-control-request-method': 'POST',
        })
        assert.equal(headers['access-control-allow-origin'], undefined, url)
        assert.equal(headers['access-control-allow-credentials'], undefined, url)
      }
    })
  })

  describe('with a body', () => {
    it('line 13: of 2 MB is refused, before it is read', async () => {
      const huge = JSON.stringify({ code: 'A'.repeat(2_000_000) })
      for (const url of ['/api/enrolment', '/sign-in/fobwatch/assertion', '/api/session/assertion']) {
        const { status, error } = await send('POST', url, json, huge)
        assert.deepEqual([status, error], [413, 'too_large'], url)
      }
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      for (const url of ['/token', '/introspect', '/revoke', '/logout/confirm', '/authorize', '/logout'])
        assert.ok([400, 413].includes((await send('POST', url, form, `code=${'A'.repeat(2_000_000)}`)).status), url)
    })

    it('line 13: that says it has 4 GB is refused at once', async () => {
      const head = `POST /api/enrolment HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4294967296\r\n\r\n`
      assert.match(await raw(head), /^HTTP\/1\.1 413 /)
    })

    it('line 13: nested 5,000 deep is refused', async () => {
      const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
      assert.equal((await send('POST', '/api/enrolment', json, deep)).status, 400)
      assert.equal((await send('POST', '/api/enrolment', json, `{"code":${deep},"response":{}}`)).status, 400)
    })

    for (const [what, body] of [
      ['nothing', ''],
      ['half an object', '{"code":'],
      ['an array', '[]'],
      ['a text', '"x"'],
      ['null', 'null'],
      ['a number', '1'],
      ['a member that nobody asked for', '{"code":"x","more":1}'],
      ['a member of another type', '{"code":["x"]}'],
      ['__proto__', '{"code":"x","__proto__":{"admin":true}}'],
      ['constructor.prototype', '{"code":"x","constructor":{"prototype":{"admin":true}}}'],
      ['__proto__ alone', '{"__proto__":{"code":"x"}}'],
    ])
      it(`that is ${what} is refused`, async () => {
        const { status, error } = await send('POST', '/api/enrolment/invitation', json, body)
        assert.deepEqual([status, error], [400, 'invalid_request'])
        assert.equal(({} as Record<string, unknown>)['admin'], undefined)
      })

    for (const type of [
      'application/json\t',
      'application/json;',
      'application/json; charset=utf-8',
      'application/json ;charset=utf-8',
      'APPLICATION/JSON',
      'application/json, text/plain',
      'application/jsonx',
      'application/ld+json',
      'text/json',
      'text/plain;application/json',
    ])
      it(`line 38: of the type ${JSON.stringify(type)} is validated or refused`, async () => {
        const body = '{"code":"x","unheard":"of"}'
        const answer = await raw(
          `POST /api/enrolment/invitation HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        )
        assert.match(answer, /^HTTP\/1\.1 (400|415) /)
      })
  })

  describe('by a method', () => {
    it('that an address does not take is told which it takes', async () => {
      for (const [method, url, allow] of [
        ['PUT', '/api/session', 'DELETE, GET, HEAD'],
        ['POST', '/api/session', 'DELETE, GET, HEAD'],
        ['GET', '/sign-in/fobwatch/options', 'POST'],
        ['OPTIONS', '/api/session', 'DELETE, GET, HEAD'],
        ['GET', `/api/authenticators/${'x'}`, 'DELETE, PATCH'],
        ['GET', '/token', 'POST'],
        ['DELETE', '/jwks', 'GET, HEAD'],
        ['GET', '/logout/confirm', 'POST'],
        ['PUT', '/authorize', 'GET, HEAD, POST'],
      ] as const) {
        const { status, headers } = await send(method, url, { origin: issuer })
        assert.deepEqual([status, headers['allow']], [405, allow], `${method} ${url}`)
      }
    })

    it('HEAD is answered like GET, without the body', async () => {
      for (const url of ['/api/session', '/jwks', '/health/live', '/.well-known/openid-configuration']) {
        const { status, body } = await send('HEAD', url)
        assert.deepEqual([status, body], [200, ''], url)
      }
      const nobody = await service.app.inject({ method: 'HEAD', url: '/api/session' })
      assert.equal(nobody.statusCode, 401)
    })

    it('that nobody has heard of is refused', async () => {
      for (const method of ['PROPFIND', 'BREW', 'CONNECT', 'TRACE']) {
        const answer = await raw(`${method} /api/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
        assert.match(answer, /^(HTTP\/1\.1 4\d\d |$)/, method)
      }
    })
  })

  describe('to an address', () => {
    it('that nobody serves is told so, in the one form of refusals', async () => {
      for (const url of ['/nothing', '/api', '/api/nothing', '/TOKEN', '/%6awks', '/jwks.json', '//jwks', '/.env']) {
        const answer = await service.app.inject({ url, headers: { accept: 'application/json' } })
        assert.equal(answer.statusCode, 404, url)
        assert.doesNotMatch(answer.body, /at .*\.ts|node_modules/)
      }
      const { body } = await send('GET', '/api/nothing')
      const { reference, ...rest } = JSON.parse(body)
      assert.deepEqual(rest, { error: 'not_found', message: refusals.not_found.sentence })
      assert.match(reference, /^[0-9a-f-]{36}$/)
    })

    it('line 39: that goes on after a `#` is nobody’s, whatever stands before it', async () => {
      for (const [method, url] of [
        ['POST', '/par#x'],
        ['GET', '/authorize#x'],
        ['GET', '/authorize?client_id=ward#x'],
        ['GET', '/jwks#x'],
      ]) {
        const answer = await raw(`${method} ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
        assert.match(answer, /^HTTP\/1\.1 404 /, url)
      }
    })

    it('that cannot be decoded is refused', async () => {
      for (const url of ['/sign-in/%E0%A4%A/state', '/api/authenticators/%FF', '/api/desk/people/%c0%af'])
        assert.ok([400, 404].includes((await send('GET', url)).status), url)
    })

    it('that climbs leads nowhere', async () => {
      for (const path of [
        '/assets/../../package.json',
        '/assets/..%2f..%2fpackage.json',
        '/docs/static/..%2f..%2f..%2fpackage.json',
      ]) {
        const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
        assert.match(answer, /^HTTP\/1\.1 (400|403|404) /, path)
        assert.doesNotMatch(answer, /"dependencies"/)
      }
    })
  })

  it('line 40: with SQL or JSON where an id should be is refused', async () => {
    for (const id of ["' or '1'='1", '{"$ne":null}', '1; drop table person', `${authenticatorId}'--`]) {
      const { status } = await send('DELETE', `/api/authenticators/${encodeURIComponent(id)}`, json, '{}')
      assert.equal(status, 400, id)
    }
    assert.equal((await browser.get('/api/session')).status, 200)
  })

  it('that takes too long to arrive is not waited for', () => {
    const { requestTimeout, headersTimeout, timeout, keepAliveTimeout } = service.app.server
    assert.deepEqual([requestTimeout, headersTimeout, timeout, keepAliveTimeout], [15_000, 10_000, 30_000, 65_000])
  })

  it('with the parts of two is refused (request smuggling)', async () => {
    const answer = await raw(
      'POST /api/enrolment HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /jwks HTTP/1.1\r\n\r\n',
    )
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.doesNotMatch(answer, /"keys"/)
  })
})
