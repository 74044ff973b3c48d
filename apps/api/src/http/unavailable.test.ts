import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Failure, RequestOptions } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Person } from '#people'
import { arrive, authorizeUrl, comeBack, getCode, post, redeem } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  asOwner,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  stepOf,
  ward,
} from '../service.testing.ts'
import { createRoad, type Road } from './database-road.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

describe('a service whose database is away', () => {
  /** Has a road of its own to the database, so that the test can still look. */
  let witness: Started
  let service: Started
  let road: Road
  let person: Person
  let device: SoftwareAuthenticator
  before(async () => {
    witness = await startService()
    road = await createRoad(witness.url)
    service = await startService({ beside: { url: road.url, masterKey: witness.masterKey } })
    await registerClient(witness)
    person = await addPerson(witness)
    device = (await enrol(witness, person.id)).device
  })
  after(async () => {
    await service.close()
    await road.close()
    await witness.close()
  })
  let isCut = false
  const cut = async () => {
    await road.cut()
    isCut = true
  }
  afterEach(async () => {
    if (isCut) await road.mend()
    isCut = false
  })

  const signedIn = () => signInHere(service, device)
  const cookie = (browser: BrowserLike, path = '/') => ({ cookie: browser.cookieHeader(issuer + path) })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  it('line 43: says so at each of our addresses, and when to come again', async () => {
    const browser = await signedIn()
    const id = await arrive(browser, { prompt: 'login' })
    const { challenge } = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
    const response = device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
    await cut()
    const asks = [
      ['GET', '/api/session', undefined],
      ['DELETE', '/api/session', undefined],
      ['GET', '/api/authenticators', undefined],
      ['GET', '/api/desk/people?search=asha', undefined],
      ['POST', '/api/session/assertion/options', {}],
      ['POST', '/api/enrolment/invitation', { code: 'A'.repeat(43) }],
      ['POST', '/sign-in/fobwatch/options', {}],
      ['POST', '/sign-in/fobwatch/assertion', { response }],
      ['GET', `/sign-in/${id}/state`, undefined],
      ['POST', `/sign-in/${id}/options`, {}],
    ] as const
    for (const [method, url, payload] of asks) {
      const answer = await service.app.inject({
        method,
        url,
        headers: { ...cookie(browser, url), origin: issuer },
        ...(payload && { payload }),
      })
      assert.deepEqual([answer.statusCode, answer.json<Failure>().error], [503, 'unavailable'], `${method} ${url}`)
      assert.match(String(answer.headers['retry-after']), /^\d+$/)
      assert.doesNotMatch(answer.body, /ECONN|postgres|5432|select/i)
    }
  })

  it('line 43: says so to applications, in the words of their protocol (RFC 6749 §4.1.2.1)', async () => {
    const browser = service.browser()
    const offline = { scope: 'openid offline_access', prompt: 'consent' }
    const { body } = await redeem(service, await getCode(browser, device, offline))
    await cut()
    const access = { authorization: `Bearer ${body['access_token']}` }
    const asks = [
      ['POST', '/token', { ...form }, 'grant_type=authorization_code&client_id=ward&code=x&redirect_uri=x'],
      ['POST', '/token', { ...form }, `grant_type=refresh_token&client_id=ward&refresh_token=${body['refresh_token']}`],
      ['POST', '/introspect', { ...form }, `client_id=ward&token=${body['access_token']}`],
      ['POST', '/revoke', { ...form }, `client_id=ward&token=${body['refresh_token']}`],
      ['GET', '/userinfo', access, undefined],
    ] as const
    for (const [method, url, headers, payload] of asks) {
      const answer = await service.app.inject({ method, url, headers, ...(payload && { payload }) })
      assert.equal(answer.statusCode, 503, url)
      assert.equal(answer.json()['error'], 'temporarily_unavailable', url)
      assert.match(String(answer.headers['retry-after']), /^\d+$/, url)
    }
    await road.mend()
    isCut = false
    const again = await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: String(body['refresh_token']),
    })
    assert.equal(again.status, 200, 'nothing was used up')
  })

  it('line 43: tells people that the fault is ours, and sends them nowhere', async () => {
    const browser = await signedIn()
    // An application that is remembered, as `ward` is for a second, is told in the words of its protocol instead.
    await registerClient(witness, { ...ward, id: 'unheard-of' })
    const asked = { client_id: 'unheard-of' }
    await cut()
    for (const url of [authorizeUrl(asked), authorizeUrl({ ...asked, prompt: 'none' }), '/logout', '/authorize/x']) {
      const page = await browser.get(url)
      assert.equal(page.status, 503, url)
      assert.equal(page.location, undefined)
      assert.match(page.body, /<h1[^>]*>Fobwatch is not working<\/h1>/)
      assert.match(page.headers.get('retry-after') ?? '', /^\d+$/)
    }
  })

  for (const [why, errcode, status] of [
    ['for now', '53100', 503],
    ['for a reason that nobody foresaw', 'P0001', 500],
  ] as const)
    it(`line 43: tells people so too where an answer is made and the way back that it rests on cannot be taken, ${why}`, async () => {
      const { body: tokens } = await redeem(service, await getCode(service.browser(), device))
      const other = (await enrol(witness, (await addPerson(witness)).id)).device
      const browser = service.browser()
      const id = await arrive(browser, { id_token_hint: String(tokens['id_token']) })
      const answer = await assertAt(browser, id, other)
      const step = stepOf(answer)
      assert.ok(step.next === 'continue', answer.body)
      await asOwner(
        witness,
        `create function befall() returns trigger language plpgsql security definer
       as $$ begin raise exception using errcode = '${errcode}'; end $$`,
        'create trigger befall before insert on oidc_replay for each row execute function befall()',
      )
      const page = await browser.get(step.url)
      await asOwner(witness, 'drop function befall cascade')
      assert.equal(page.status, status)
      assert.equal(page.headers.has('retry-after'), status === 503)
      assert.equal(page.headers.get('cache-control'), 'no-store')
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src/)
      assert.match(page.body, /<h1[^>]*>/)
      assert.equal(page.headers.get('location'), null)
      const back = await comeBack(browser, answer)
      assert.equal(back.get('error'), 'login_required')
    })

  it('line 43: is alive and not ready, and still publishes its keys', async () => {
    await cut()
    const status = async (url: string) => (await service.app.inject(url)).statusCode
    assert.equal(await status('/health/live'), 200)
    const ready = await service.app.inject('/health/ready')
    assert.equal(ready.statusCode, 503)
    assert.deepEqual(ready.json(), {
      status: 'not-ready',
      because: 'database-away',
      reason: 'The database does not answer.',
    })
    assert.equal(await status('/jwks'), 200)
    assert.equal(await status('/.well-known/openid-configuration'), 200)
    await road.mend()
    isCut = false
    assert.equal((await service.app.inject('/health/ready')).json().status, 'ready')
  })

  it('line 43: comes back by itself, with every session as it was', async () => {
    const browser = await signedIn()
    const id = await arrive(browser, { prompt: 'login' })
    await cut()
    assert.equal((await browser.get('/api/session')).status, 503)
    await road.mend()
    isCut = false
    assert.equal((await browser.get('/api/session')).status, 200)
    assert.ok((await comeBack(browser, await assertAt(browser, id, device))).has('code'))
  })

  for (const [code, what, happens] of [
    ['53100', 'has a full disk', `raise exception using errcode = '53100'`],
    ['57P01', 'ends the connection', 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5)'],
    ['25006', 'can only be read', `perform set_config('transaction_read_only', 'on', true); delete from session`],
  ] as const)
    it(`line 43: says so where it ${what} (${code}), and stores nothing`, async () => {
      const browser = service.browser()
      const asked = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
      const response = device.authenticate(asked, { origin: issuer })
      const count = () => sql(witness, 'select count(*) from session')
      const before = await count()
      await asOwner(
        witness,
        `create function befall() returns trigger language plpgsql security definer
         as $$ begin ${happens}; return new; end $$`,
        'create trigger befall before insert on session for each row execute function befall()',
      )
      const page = await browser.postJson('/sign-in/fobwatch/assertion', { response })
      await asOwner(witness, 'drop function befall cascade')
      assert.deepEqual([page.status, page.json<Failure>().error], [503, 'unavailable'])
      assert.match(page.headers.get('retry-after') ?? '', /^\d+$/)
      assert.deepEqual(await count(), before)
      await signedIn()
    })

  describe('from the middle of a request on', () => {
    const stateOf = async () => {
      const [row] = await sql<{ counter: number; sessions: number; events: number }>(
        witness,
        `select (select max(sign_count) from authenticator where person_id = $1) as counter,
           (select count(*) from session where person_id = $1) as sessions,
           (select count(*) from audit_event where person = $1) as events`,
        person.id,
      )
      return row
    }

    for (const statement of ['authenticators:record-use', 'sessions:open', 'audit:add-event', 'commit'])
      it(`line 43: (at ${statement}) has stored all of a sign-in or nothing`, async () => {
        // A browser's first session is opened by what is sent together, which ends with no statement of its own.
        const browser = statement === 'commit' ? await signedIn() : service.browser()
        const { challenge } = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
        const response = device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
        const before = await stateOf()
        road.cutAt(statement)
        const page = await browser.postJson('/sign-in/fobwatch/assertion', { response })
        isCut = true
        assert.equal(page.status, 503, page.body)
        assert.equal(page.json<Failure>().error, 'unavailable')
        assert.ok(!page.headers.getSetCookie().some((line) => line.startsWith('fobwatch_session')))
        assert.deepEqual(await stateOf(), before)
      })

    it('line 43: (while a code is redeemed) has done all of it or nothing', async () => {
      const browser = await signedIn()
      const page = await browser.get(authorizeUrl())
      const code = page.location?.searchParams.get('code') ?? ''
      road.cutAt('oidc:exchange:oidc_transient')
      const { status, body } = await redeem(service, code)
      isCut = true
      assert.deepEqual([status, body['error']], [503, 'temporarily_unavailable'])
      assert.equal((await redeem(witness, code)).status, 200)
      assert.equal((await redeem(witness, code)).body['error'], 'invalid_grant')
    })
  })
})
