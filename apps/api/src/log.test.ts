import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { AuthenticatorList } from '@fobwatch/contracts'
import { createLog } from './log.ts'
import { arrive, authorizeUrl, comeBack, post, redeem, verifier } from './oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  inviteCode,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from './service.testing.ts'

const manyKeys = () => Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`key-${n}`, 'text']))

describe('the log', () => {
  let service: TestService & { url: string; masterKey: string }
  let written = ''
  before(async () => {
    const write = (line: string) => {
      written += line
    }
    const log = createLog('debug', { write })
    service = await startService({ log })
    await registerClient(service)
    await registerClient(service, {
      ...ward,
      id: 'confidential',
      secret: 'a-secret-of-the-client',
      metadata: { ...ward.metadata, token_endpoint_auth_method: 'client_secret_basic' },
    })
  })
  after(() => service.close())

  /** What was written while something was done, line by line; each line is one whole JSON object. */
  const linesOf = async (work: () => Promise<unknown>): Promise<Record<string, unknown>[]> => {
    const from = written.length
    await work()
    // The line of an answer is written when its last byte has left.
    await new Promise(setImmediate)
    const lines = written.slice(from).split('\n')
    assert.equal(lines.pop(), '')
    return lines.map((line) => JSON.parse(line))
  }

  it('has one line for each answer: the route, and never the address', async () => {
    const [line, ...more] = await linesOf(() => service.app.inject('/api/enrolment/invitation?code=some-code'))
    assert.equal(more.length + 1, 2, 'the refusal and the answer')
    const answered = more.at(-1) ?? {}
    assert.equal(answered['msg'], 'answered')
    assert.equal(answered['route'], '/api/enrolment/invitation')
    assert.equal(answered['status'], 405)
    assert.equal(answered['reqId'], line?.['reqId'])
  })

  it('holds no secret of anything that goes through the service', async () => {
    const secrets: string[] = [service.masterKey, verifier, 'a-secret-of-the-client']
    const lines = await linesOf(async () => {
      const person = await addPerson(service)
      secrets.push(await inviteCode(service, person.id))
      const { device } = await enrol(service, person.id)
      const browser = service.browser()
      const id = await arrive(browser, {
        scope: 'openid offline_access',
        prompt: 'consent',
        state: 'secret-state',
        nonce: 'secret-nonce',
      })
      const refused = await assertAt(browser, id, device, { signature: 'other-key' })
      assert.equal(refused.status, 400)
      const back = await comeBack(browser, await assertAt(browser, id, device))
      const code = back.get('code') ?? ''
      await redeem(service, code, { code_verifier: 'A'.repeat(43) })
      const { body } = await redeem(service, code)
      await redeem(service, code)
      await post(service, '/token', {
        grant_type: 'refresh_token',
        client_id: 'ward',
        refresh_token: String(body['refresh_token']),
      })
      await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${body['access_token']}` } })
      await service.app.inject({
        method: 'POST',
        url: '/token',
        headers: {
          authorization: `Basic ${Buffer.from('confidential:wrong-secret-of-the-client').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: 'grant_type=authorization_code&code=x&redirect_uri=x',
      })
      await browser.get(`/logout?id_token_hint=${body['id_token']}`)
      secrets.push(code, 'secret-state', 'secret-nonce', 'wrong-secret-of-the-client')
      for (const name of ['access_token', 'refresh_token', 'id_token']) secrets.push(String(body[name]))
      secrets.push(
        ...browser
          .cookieHeader(`${issuer}/`)
          .split('; ')
          .map((pair) => pair.split('=')[1] ?? ''),
      )
    })
    assert.ok(lines.length > 15)
    const text = JSON.stringify(lines)
    for (const secret of secrets.filter((each) => each !== '')) assert.ok(!text.includes(secret), secret)
    assert.doesNotMatch(text, /set-cookie|authorization":|cookie":/i)
  })

  it('carries the reference that a refusal gives, with the cause that it does not give', async () => {
    let reference = ''
    const lines = await linesOf(async () => {
      const page = await service
        .browser()
        .postJson('/sign-in/fobwatch/options', {}, { headers: { origin: 'https://evil.example' } })
      reference = page.json<{ reference: string }>().reference
      assert.doesNotMatch(page.body, /evil/)
    })
    const refused = lines.find(({ msg }) => msg === 'refused')
    assert.equal(refused?.['reqId'], reference)
    assert.match(JSON.stringify(refused), /evil\.example/)
  })

  it('carries the reference of an error page of OpenID Connect too', async () => {
    let page = ''
    const lines = await linesOf(async () => {
      page = (await service.browser().get(authorizeUrl({ redirect_uri: 'https://evil.example' }))).body
    })
    const reference = /reference: ([0-9a-f-]{36})/.exec(page)?.[1]
    assert.ok(reference)
    const refused = lines.find(({ reqId, msg }) => reqId === reference && msg === 'refused')
    assert.match(JSON.stringify(refused?.['refusal']), /"code":"invalid_redirect_uri"/)
  })

  it('hides what would be a secret wherever it is logged, and not the code of an error', () => {
    let line = ''
    const log = createLog('info', { write: (text) => (line = text) })
    const secrets = { cookie: 'hush', authorization: 'hush', headers: { any: 'hush' }, secret: 'hush' }
    const asked = { query: { code: 'hush' }, body: { code: 'hush' }, params: { code: 'hush' } }
    log.info({
      ...secrets,
      ...asked,
      req: { url: 'hush' },
      within: { ...secrets, ...asked },
      refusal: { code: 'loud' },
      at: new Date(0),
      axios: { Authorization: 'hush', 'Set-Cookie': ['hush'], refresh_token: 'hush', password: 'hush' },
    })
    assert.ok(!line.includes('hush'), line)
    assert.ok(line.includes('loud') && line.includes('1970-01-01T00:00:00.000Z'), line)

    const error = Object.assign(new Error('loud', { cause: new Error('louder') }), secrets, asked, { code: 'loudest' })
    log.child({ ...secrets, body: 'hush' }).info({ list: [secrets], a: { b: { c: secrets } } }, 'deep')
    assert.ok(!line.includes('hush'), line)
    const other = new AggregateError([error], 'loud', { cause: secrets })
    log.info({ reason: error, other, told: { toJSON: () => ({ ...secrets, error }) } }, 'errors')
    assert.ok(!line.includes('hush'), line)
    const endless: Record<string, unknown> = {}
    endless['again'] = endless
    log.info({ endless }, 'endless')
    assert.ok(line.includes('[more]'), line)
    for (const each of [log, log.child({ reqId: '1' })]) {
      each.error({ err: error }, 'failed')
      assert.ok(!line.includes('hush'), line)
      const { err } = JSON.parse(line)
      assert.deepEqual([err.type, err.message, err.code], ['Error', 'loud: louder', 'loudest'])
      assert.match(err.stack, /loud[\s\S]*caused by: Error: louder/)
    }
  })

  it('has a line, of a length that can be read, whatever is logged', () => {
    let line = ''
    const log = createLog('info', { write: (text) => (line = text) })
    const [hostile, { proxy, revoke }] = [new Error('hostile'), Proxy.revocable({}, {})]
    Object.defineProperty(hostile, 'told', { enumerable: true, get: () => assert.fail('read') })
    revoke()
    const acquainted = Array.from({ length: 30 }, (): { all?: unknown } => ({}))
    for (const each of acquainted) each.all = acquainted
    const [gone, closed] = [Proxy.revocable({}, {}), new Proxy({}, { ownKeys: () => assert.fail('read') })]
    gone.revoke()
    for (const said of [
      { err: hostile },
      { proxy },
      gone.proxy,
      closed,
      { closed },
      { err: Object.freeze(new Error('frozen')) },
      { err: new AggregateError(Array(1_000).fill(hostile)) },
      { err: new Error('long '.repeat(100_000)) },
      { list: Array(1_000).fill('long '.repeat(1_000)) },
      { ['long '.repeat(100_000)]: 'name' },
      manyKeys(),
      { within: manyKeys(), err: Object.assign(new Error('of many'), manyKeys()) },
      { toJSON: { toJSON: () => assert.fail('read') } },
      { err: Object.assign(new Error('of many'), { acquainted }) },
      { list: Array(100_000).fill(0) },
      { controls: '\0'.repeat(100_000) },
      { ['\0'.repeat(100_000)]: 'name' },
      { bytes: Buffer.alloc(50_000_000), within: [new Uint32Array(1_000_000)] },
      { number: 10n ** 30_000n },
    ]) {
      log.error(said, 'whatever')
      assert.equal(JSON.parse(line).msg, 'whatever')
      assert.ok(line.length < 20_000, String(line.length))
    }
  })

  it('has the error, whatever is beside it or within it', () => {
    let line = ''
    const log = createLog('info', { write: (text) => (line = text) })
    const throwing = { enumerable: true, get: () => assert.fail('read') }
    const many = () => ({ list: Array(1_000).fill({ of: 'more' }), ...manyKeys() })
    for (const err of [
      Object.defineProperty(new Error('loud'), 'x', throwing),
      Object.assign(new Error('loud'), many()),
    ])
      for (const beside of [Object.defineProperty({}, 'x', throwing), many()]) {
        log.error(Object.defineProperty(beside, 'err', { enumerable: true, value: err }))
        const said = JSON.parse(line)
        assert.deepEqual([said.err.type, said.err.message, said.msg], ['Error', 'loud', 'loud'])
        assert.match(said.err.stack, /log\.test\.ts/)
      }
    log.error({ err: new Error('long '.repeat(100_000)), job: 'mail' })
    assert.equal(JSON.parse(line).job, 'mail')
    assert.ok(line.length < 40_000, String(line.length))
    log.error(
      { err: Object.defineProperty(Object.assign(new Error('x'), { code: 'E1' }), 'message', throwing) },
      'failed',
    )
    assert.equal(JSON.parse(line).err.code, 'E1')
    for (const message of [null, { secret: 'hush' }]) {
      log.error({ err: { message }, job: 'mail' })
      const { err, job, msg } = JSON.parse(line)
      assert.deepEqual([err.message, job, msg], [message && { secret: '[hidden]' }, 'mail', ''])
    }
  })

  it("has the visitor's address, which a proxy tells only where it is trusted", async () => {
    const behind = async (trusted: Record<string, string>) => {
      const lines: Record<string, unknown>[] = []
      const log = createLog('info', { write: (line) => lines.push(JSON.parse(line)) })
      const beside = await startService({ log, beside: service, environment: trusted })
      await beside.app.inject({ url: '/api/session', headers: { 'x-forwarded-for': '192.0.2.7' } })
      await new Promise(setImmediate)
      await beside.close()
      return lines.find(({ msg }) => msg === 'answered')?.['ip']
    }
    assert.equal(await behind({}), '127.0.0.1')
    assert.equal(await behind({ TRUSTED_PROXIES: '127.0.0.1' }), '192.0.2.7')
  })

  it('line 14: has one line for what tries to be two', async () => {
    const evil = '"}\r\n{"level":30,"msg":"signed in as somebody else"}\u2028<script>alert(1)</script>'
    const lines = await linesOf(async () => {
      const browser = service.browser()
      await browser.get(authorizeUrl({ client_id: evil, state: evil, redirect_uri: evil }))
      await browser.get(`/sign-in/${encodeURIComponent(evil)}/state`)
      await browser.get(`/${encodeURIComponent(evil)}`)
      await browser.postJson('/api/enrolment/invitation', { [evil]: evil, code: evil })
      await post(service, '/token', { grant_type: evil, client_id: evil })
      await post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: evil })
    })
    assert.ok(lines.length >= 6)
    assert.ok(
      lines.every(({ msg }) => ['answered', 'refused'].includes(String(msg))),
      JSON.stringify(lines),
    )
  })

  it('line 14: has nothing of headers with line breaks or NUL, which end at the door', async () => {
    const port = Number(new URL(await service.app.listen({ host: '127.0.0.1', port: 0 })).port)
    for (const value of ['a\0b', 'a\rb', 'a\x01b', 'a\x7fb']) {
      const lines = await linesOf(async () => {
        const socket = connect(port, '127.0.0.1')
        let answer = ''
        socket.on('data', (chunk) => {
          answer += chunk
        })
        socket.write(
          `GET /health/live HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${value}\r\nConnection: close\r\n\r\n`,
        )
        await once(socket, 'close')
        assert.match(answer, /^HTTP\/1\.1 400 /, JSON.stringify(value))
      })
      assert.ok(!JSON.stringify(lines).includes('User-Agent'))
    }
  })

  it('line 14: user agents are kept as they are and no longer than 300 characters, and stay out of the log', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const agent = `<img src=x onerror=alert(1)>'; drop table person; --${'x'.repeat(5000)}`
    const lines = await linesOf(async () => {
      const browser = service.browser()
      const options = (await browser.postJson('/sign-in/fobwatch/options', {})).json<{
        challenge: string
        rpId: string
      }>()
      const response = device.authenticate(options, { origin: issuer })
      const page = await browser.postJson(
        '/sign-in/fobwatch/assertion',
        { response },
        { headers: { 'user-agent': agent } },
      )
      assert.equal(page.status, 200)
    })
    const [row] = await sql<{ agent: string }>(
      service,
      'select user_agent as agent from session where person_id = $1',
      person.id,
    )
    assert.equal(row?.agent, agent.slice(0, 300))
    assert.ok(!JSON.stringify(lines).includes('onerror'))
  })

  it('line 14: names of devices with line breaks or NUL are refused, and markup is text', async () => {
    const { device, enrolled } = await enrol(service, (await addPerson(service)).id)
    const browser = await signInHere(service, device)
    const rename = (name: string) =>
      service.app.inject({
        method: 'PATCH',
        url: `/api/authenticators/${enrolled.id}`,
        headers: { cookie: browser.cookieHeader(`${issuer}/`), origin: issuer },
        payload: { name },
      })
    for (const name of ['a\r\nb', 'a\nb', 'a\0b', 'a\x1b[31mb', '\u0085', '', ' ', 'x'.repeat(61)])
      assert.equal((await rename(name)).statusCode, 400, JSON.stringify(name))
    const markup = '<script>alert("Ä")</script>'
    const lines = await linesOf(async () => {
      const answer = await rename(markup)
      assert.equal(answer.statusCode, 200)
      assert.match(String(answer.headers['content-type']), /^application\/json/)
      assert.equal(answer.json<AuthenticatorList>().authenticators[0]?.name, markup)
    })
    assert.ok(!JSON.stringify(lines).includes('alert'))
  })
})
