import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type BrowserLike, fakeClock } from '@fobwatch/testkit'
import { registerOwn, tokenOf } from '../directory/application.testing.ts'
import { authorizeUrl, getCode, post, requestOf } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  addSignedIn,
  assertAt,
  enrol,
  issuer,
  registerClient,
  sql,
  startService,
  type TestService,
  ward,
} from '../service.testing.ts'

const proxy = '203.0.113.7'
const secret = 'a-secret-for-tests-and-for-nothing-else'

describe('a flood', () => {
  // The library has its own, by which a session of another day is over.
  const clock = fakeClock(new Date())
  let service: TestService & { url: string; masterKey: string }
  let other: TestService
  const asked: string[] = []
  let nth = 0
  const elsewhere = () => {
    nth += 1
    return `198.51.100.${nth}`
  }
  before(async () => {
    const environment = {
      TRUSTED_PROXIES: proxy,
      LIMIT_ADDRESS_PER_SECOND: '2',
      LIMIT_PERSON_PER_SECOND: '2',
      LIMIT_CLIENT_PER_SECOND: '1',
      LIMIT_BEGUN_PER_SECOND: '100',
      LIMIT_FAILURES_PER_CLIENT: '5',
    }
    service = await startService({ now: clock.now, environment, onStatement: (name) => asked.push(name) })
    other = await startService({ now: clock.now, environment, beside: service })
    await registerClient(service)
    const posting = { ...ward.metadata, token_endpoint_auth_method: 'client_secret_post' as const }
    await registerClient(service, { ...ward, id: 'posting', secret, metadata: posting })
    await registerClient(service, { ...ward, id: 'guessed', secret, metadata: posting })
  })
  after(async () => {
    await other.close()
    await service.close()
  })

  const ask = async (
    url: string,
    remoteAddress: string,
    headers: Record<string, string> = {},
    at: Pick<TestService, 'app'> = service,
  ) => {
    const answer = await at.app.inject({ url, remoteAddress, headers: { host: new URL(issuer).host, ...headers } })
    return { status: answer.statusCode, headers: answer.headers, body: answer.body }
  }
  const pathOf = (address: string) => new URL(address).pathname + new URL(address).search
  const authorize = pathOf(authorizeUrl())
  /** Too long for a cookie. */
  const long = pathOf(authorizeUrl({ state: 'x'.repeat(2000), nonce: 'y'.repeat(2000) }))
  const postForm = async (
    url: string,
    form: Record<string, unknown>,
    remoteAddress: string,
    at: Pick<TestService, 'app'> = service,
  ) => {
    const answer = await at.app.inject({
      ...{ method: 'POST', url, remoteAddress },
      headers: { host: new URL(issuer).host, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form as Record<string, string>).toString(),
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() }
  }
  const rows = async () =>
    (await sql<{ count: number }>(service, `select count(*) from oidc_transient where kind = 'Interaction'`))[0]?.count

  it('of log ins begun from one address is stopped, writes no more, and is told in plain words when to come again', async () => {
    const from = elsewhere()
    const before = await rows()
    const statuses: number[] = []
    for (let each = 0; each < 45; each += 1) statuses.push((await ask(long, from)).status)
    assert.deepEqual(statuses, [...Array(40).fill(303), ...Array(5).fill(429)])
    assert.equal(await rows(), (before ?? 0) + 40)
    const page = await ask(authorize, from, { accept: 'text/html' })
    assert.equal(page.status, 429)
    assert.equal(page.headers['retry-after'], '1')
    assert.match(page.body, /<h1[^>]*>Wait a moment, then log in again<\/h1>/)
    assert.match(page.body, /Your device is safe/)
    clock.advance({ seconds: 1 })
    assert.equal((await ask(authorize, from)).status, 303)
  })

  it('from one address keeps nobody out who comes from another', async () => {
    const from = elsewhere()
    for (let each = 0; each < 60; each += 1) await ask(authorize, from)
    assert.equal((await ask(authorize, elsewhere())).status, 303)
  })

  it('line 39: from a hospital’s one address keeps nobody out whose browser was logged in with before', async () => {
    const from = elsewhere()
    const { device } = await addSignedIn(service)
    const browser = service.browser(from)
    await assertAt(browser, 'fobwatch', device)
    for (let each = 0; each < 50; each += 1) await ask(authorize, from, {}, each % 2 ? service : other)
    for (let each = 0; each < 50; each += 1) await service.browser(from).postJson('/sign-in/fobwatch/options', {})
    assert.equal((await ask(authorize, from)).status, 429)
    assert.notEqual((await browser.get(authorize)).status, 429)
    assert.equal((await assertAt(browser, 'fobwatch', device)).status, 200)
    const kept = /fobwatch_known=([^;]+)/.exec(browser.cookieHeader(`${issuer}/`))?.[1] ?? ''
    for (const forged of [kept.slice(0, -3), `${randomUUID()}.${kept.split('.')[1]}`, 'x', '.', 'yes'])
      assert.equal((await ask(authorize, from, { cookie: `fobwatch_known=${forged}` })).status, 429, forged)
    const statuses: number[] = []
    for (let each = 0; each < 45; each += 1)
      statuses.push((await ask(authorize, from, { cookie: `fobwatch_known=${kept}` })).status)
    assert.equal(statuses.at(-1), 429, 'it has a little of its own, and no more')
  })

  it('line 39: from many spellings, or many addresses of one IPv6 network, is one', async () => {
    const statuses: number[] = []
    for (let each = 0; each < 41; each += 1)
      statuses.push((await ask(authorize, `2001:db8:9:9::${each.toString(16)}`)).status)
    assert.equal(statuses.at(-1), 429)
  })

  it('line 38: is told from others by X-Forwarded-For of a trusted proxy alone', async () => {
    const untrusted = elsewhere()
    for (let each = 0; each < 41; each += 1) await ask(authorize, untrusted, { 'x-forwarded-for': `192.0.2.${each}` })
    assert.equal((await ask(authorize, untrusted, { 'x-forwarded-for': '192.0.2.200' })).status, 429)
    for (let each = 0; each < 41; each += 1) await ask(authorize, proxy, { 'x-forwarded-for': '192.0.2.201' })
    assert.equal((await ask(authorize, proxy, { 'x-forwarded-for': '192.0.2.201' })).status, 429)
    assert.equal((await ask(authorize, proxy, { 'x-forwarded-for': '192.0.2.202' })).status, 303)
  })

  it('over two instances is heard of by both, with no statement while nobody spends much', async () => {
    const from = elsewhere()
    for (const instance of [service, other])
      for (let each = 0; each < 15; each += 1) await ask(authorize, from, {}, instance)
    await service.rooms.limits.floods.share()
    await other.rooms.limits.floods.share()
    for (let each = 0; each < 10; each += 1) await ask(authorize, from)
    await service.rooms.limits.floods.share()
    await other.rooms.limits.floods.share()
    // 15 here, and the 10 that the other instance has told of since the first time.
    const left: number[] = []
    for (let each = 0; each < 25; each += 1) left.push((await ask(authorize, from, {}, other)).status)
    assert.equal(left.filter((status) => status === 303).length, 15)
  })

  for (const [way, leave] of [
    ['nobody has finished a log in on', async () => {}],
    [
      'somebody went who wanted none',
      (browser: BrowserLike, id: string) => browser.postJson(`/sign-in/${id}/leave`, {}),
    ],
  ] as const)
    it(`of ways back that ${way} leaves no more rows than log ins begun may, and is its address’s own`, async () => {
      const environment = { LIMIT_BEGUN_PER_SECOND: '4', LIMIT_ADDRESS_PER_SECOND: '2', TRUSTED_PROXIES: proxy }
      const narrow = await startService({ now: clock.now, beside: service, environment })
      const { device } = await addSignedIn(service)
      try {
        const from = elsewhere()
        const colleague = narrow.browser(from)
        await getCode(colleague, device)
        const browser = narrow.browser(from)
        let answer = await browser.get(authorize)
        let taken = 0
        while (answer.status === 303 && taken < 100) {
          const [, id = ''] = /sign-in\/(.+)/.exec(answer.headers.get('location') ?? '') ?? []
          await leave(browser, id)
          answer = await browser.get(`/authorize/${id}`)
          if (answer.status === 303) taken += 1
          if (/sign-in/.test(answer.headers.get('location') ?? '')) continue
          answer = await browser.get(authorize)
        }
        assert.equal(answer.status, 429)
        assert.equal(answer.headers.get('retry-after'), '1')
        assert.ok(taken >= 19 && taken < 40, String(taken))
        assert.ok(await getCode(narrow.browser(elsewhere()), device))
        assert.ok(await getCode(colleague, device, { prompt: 'login' }))
      } finally {
        await narrow.close()
      }
    })

  it('of challenges and answers from one address is stopped in the API’s own form', async () => {
    const browser = service.browser(elsewhere())
    for (let each = 0; each < 40; each += 1)
      assert.equal((await browser.postJson('/sign-in/fobwatch/options', {})).status, 200)
    const refused = await browser.postJson('/sign-in/fobwatch/options', {})
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal(refused.json<{ error: string }>().error, 'too_many')
  })

  it('line 39: of sessions and tokens that somebody made up is stopped before the database is asked, and keeps nobody out who is logged in', async () => {
    for (const [url, headers] of [
      ['/api/session', { cookie: 'fobwatch_session=invented' }],
      ['/scim/v2/ServiceProviderConfig', { authorization: 'Bearer invented' }],
    ] as const) {
      const from = elsewhere()
      const { device } = await addSignedIn(service)
      const browser = service.browser(from)
      await assertAt(browser, 'fobwatch', device)
      for (let each = 0; each < 200; each += 1) assert.equal((await ask(url, from, headers)).status, 401)
      asked.length = 0
      for (let each = 0; each < 20; each += 1) assert.equal((await ask(url, from, headers)).status, 429)
      // One, which counts that this limit was reached.
      assert.deepEqual(
        asked.filter((name) => !/^(limits|audit):/.test(name)),
        [],
      )
      assert.equal((await browser.get('/api/session')).status, 200)
      assert.equal((await ask(url, elsewhere(), headers)).status, 401)
    }
  })

  it('of somebody who is logged in is theirs alone, from whatever address', async () => {
    const [one, next] = [await addSignedIn(service), await addSignedIn(service)]
    const statuses: number[] = []
    for (let each = 0; each < 42; each += 1) statuses.push((await one.browser.get('/api/session')).status)
    assert.deepEqual([...new Set(statuses.slice(0, 39))], [200])
    assert.equal(statuses.at(-1), 429)
    assert.equal((await next.browser.get('/api/session')).status, 200)
  })

  it('is recorded once, and counted', async () => {
    const flooded = await addSignedIn(service)
    for (let each = 0; each < 60; each += 1) await flooded.browser.get('/api/session')
    const events = (await service.rooms.audit.eventsOf(flooded.person.id)).filter(
      ({ type }) => type === 'limit-reached',
    )
    assert.deepEqual(
      events.map(({ details }) => details['limit']),
      ['person'],
    )
    assert.ok((service.rooms.limits.refused()['person'] ?? 0) >= 20)
  })

  it('of pushed requests is stopped (RFC 9126 §2.3)', async () => {
    const from = elsewhere()
    const push = () => postForm('/par', requestOf(), from)
    for (let each = 0; each < 20; each += 1) assert.equal((await push()).status, 201)
    const refused = await push()
    assert.equal(refused.status, 429)
    assert.equal(refused.headers['retry-after'], '1')
    assert.equal(refused.body['error'], 'temporarily_unavailable')
    const elsewhereToo = await postForm('/par', requestOf(), elsewhere())
    assert.equal(
      elsewhereToo.status,
      201,
      'what says that it is an application, and proves nothing, is one for each address',
    )
  })

  it('of an application that proved who it is is its own; of those who only say so, nothing of its', async () => {
    const introspect = (as: string, from: string, at: Pick<TestService, 'app'> = service) =>
      postForm('/introspect', { client_id: 'posting', client_secret: as, token: 'unknown' }, from, at)
    for (let each = 0; each < 45; each += 1) await introspect('wrong', elsewhere())
    for (let each = 0; each < 20; each += 1) assert.equal((await introspect(secret, elsewhere())).status, 200)
    const refused = await introspect(secret, elsewhere())
    assert.equal(refused.status, 429)
    assert.equal(refused.body['error'], 'temporarily_unavailable')
    assert.ok(Number(refused.headers['retry-after']) >= 1)
    clock.advance({ seconds: 2 })
    assert.equal((await introspect(secret, elsewhere())).status, 200)
  })

  it('of an HR feed is its own, and told in the form of SCIM', async () => {
    for (const id of ['feed', 'other-feed']) await registerOwn(service, id, 'scim', { feed_organisation: 'ZT7' })
    const call = async (token: string, at: TestService) => {
      const headers = { host: new URL(issuer).host, authorization: `Bearer ${token}` }
      return at.app.inject({ url: '/scim/v2/ServiceProviderConfig', headers })
    }
    const [token, otherToken] = [await tokenOf(service, 'feed'), await tokenOf(service, 'other-feed')]
    for (let each = 0; each < 19; each += 1) assert.equal((await call(token, service)).statusCode, 200)
    const refused = await call(token, service)
    assert.equal(refused.statusCode, 429)
    assert.equal(refused.headers['retry-after'], '1')
    assert.equal(refused.json<{ status: string }>().status, '429')
    assert.equal((await call(otherToken, service)).statusCode, 200)
  })

  it('of refusals at the desk is recorded no further, and refused all the same', async () => {
    const { person, browser } = await addSignedIn(service)
    for (let each = 0; each < 26; each += 1) {
      assert.equal((await browser.get('/api/desk/clients')).status, 403)
      clock.advance({ seconds: 1 })
    }
    const events = await service.rooms.audit.eventsOf(person.id)
    const refused = await sql<{ count: number }>(
      service,
      `select count(*) from audit_event where type = 'desk-refused' and actor = $1`,
      person.id,
    )
    assert.equal(refused[0]?.count, 20)
    assert.equal(events.filter(({ type }) => type === 'limit-reached').length, 1)
  })

  it('line 39: guesses at the secret of an application are limited where they come from, at both instances, and its servers go on', async () => {
    const from = elsewhere()
    const guess = (each: number) =>
      postForm(
        '/token',
        { grant_type: 'authorization_code', client_id: 'guessed', client_secret: `wrong-${each}`, code: 'x' },
        from,
        each % 2 ? service : other,
      )
    const answers: Awaited<ReturnType<typeof guess>>[] = []
    for (let each = 0; each < 12; each += 1) answers.push(await guess(each))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array(5).fill(401), ...Array(7).fill(429)],
    )
    assert.equal(answers.at(-1)?.body['error'], 'temporarily_unavailable')
    assert.equal(answers.at(-1)?.headers['retry-after'], '900')
    assert.equal(answers.at(-1)?.headers['www-authenticate'], undefined)
    const own = { client_id: 'guessed', client_secret: secret, token: 'unknown' }
    assert.equal((await postForm('/introspect', own, elsewhere())).status, 200)
    assert.equal((await postForm('/introspect', own, from)).status, 200, 'from the very address too')
  })

  it('line 39: from ever new addresses is bounded in all, and keeps nobody out who was logged in there or leaves no row', async () => {
    const { device } = await addSignedIn(service)
    const small = await startService({ now: clock.now, environment: { LIMIT_BEGUN_PER_SECOND: '1' }, beside: service })
    const [known, unknown] = [small.browser(elsewhere()), small.browser(elsewhere())]
    await assertAt(known, 'fobwatch', device)
    const statuses: number[] = []
    for (let each = 0; each < 21; each += 1) statuses.push((await ask(long, `2001:db8:${each}::1`, {}, small)).status)
    // One was the challenge of whoever is known.
    assert.deepEqual(statuses, [...Array(19).fill(303), 429, 429])
    assert.equal((await ask(authorize, elsewhere(), {}, small)).status, 303)
    assert.equal((await ask(`${authorize}&request_uri=x`, elsewhere(), {}, small)).status, 429)
    assert.equal((await unknown.postJson('/sign-in/fobwatch/options', {})).status, 429)
    assert.equal((await assertAt(known, 'fobwatch', device)).status, 200)
    await small.close()
  })

  it('line 39: of requests for nothing, from ever new addresses, uses up nothing that others need', async () => {
    const small = await startService({ now: clock.now, environment: { LIMIT_BEGUN_PER_SECOND: '1' }, beside: service })
    for (let each = 0; each < 25; each += 1) {
      const refused = await postForm('/par', { client_id: 'nobody' }, `2001:db8:a:${each}::1`, small)
      assert.deepEqual([refused.status, refused.body['error']], [401, 'invalid_client'])
    }
    const pushed = {
      ...Object.fromEntries(new URL(authorizeUrl()).searchParams),
      client_id: 'posting',
      client_secret: secret,
    }
    const statuses: number[] = []
    for (let each = 0; each < 21; each += 1)
      statuses.push((await postForm('/par', pushed, `2001:db8:b:${each}::1`, small)).status)
    assert.deepEqual(statuses, [...Array(20).fill(201), 429])
    await small.close()
  })

  it('of short requests leaves no row, whatever they say', async () => {
    const claims = (many: number) => JSON.stringify({ id_token: { acr: { values: Array(many).fill('aal3') } } })
    const before = await rows()
    for (const saying of [
      (many: number) => ({ state: '\u0001'.repeat(many) }),
      (many: number) => ({ state: '"'.repeat(many) }),
      (many: number) => ({ claims: claims(many) }),
    ]) {
      const all = Array.from({ length: 300 }, (_, many) => pathOf(authorizeUrl(saying(many))))
      const longest = all.filter((path) => path.length <= '/authorize?'.length + 800).at(-1) ?? ''
      assert.ok(longest.length > 750)
      assert.equal((await ask(longest, elsewhere())).status, 303)
    }
    assert.equal(await rows(), before)
  })

  it('does not hinder whoever has begun', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    clock.advance({ seconds: 60 })
    assert.equal((await assertAt(service.browser(elsewhere()), 'fobwatch', device)).status, 200)
    assert.equal(
      (await post(service, '/introspect', { client_id: 'posting', client_secret: secret, token: 'x' })).status,
      200,
    )
  })
})
