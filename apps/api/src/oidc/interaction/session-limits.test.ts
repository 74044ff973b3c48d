import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type BrowserLike, type FakeClock, fakeClock } from '@fobwatch/testkit'
import { addSignedIn, assertAt, issuer, registerClient, sql, startService, ward } from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack, getCode, post, redeem } from '../code-flow.testing.ts'

const offline = { scope: 'openid offline_access', prompt: 'consent' }

describe('how long an application may go on', () => {
  let clock: FakeClock
  let service: Awaited<ReturnType<typeof startService>>
  before(async () => {
    // The library knows no time but the wall's, and none of its cookies may run out while this one is moved on.
    clock = fakeClock(new Date(Date.now() - 6 * 3_600_000))
    service = await startService({ now: clock.now })
    await registerClient(service)
    const strict = (id: string, own: object) =>
      registerClient(service, { ...ward, id, name: id, apis: [], metadata: { ...ward.metadata, ...own } })
    await strict('idle', { session_idle_minutes: 5 })
    await strict('short', { session_max_minutes: 30 })
  })
  after(() => service.close())

  const refresh = (client_id: string, token: unknown) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id, refresh_token: String(token) })
  const userinfo = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${String(token)}` } })).statusCode
  const isActive = async (client_id: string, token: unknown) =>
    (await post(service, '/introspect', { client_id, token: String(token) })).body['active']
  /** Asks in silence. @returns the code, or the error */
  const silently = async (browser: BrowserLike, client_id: string) => {
    const page = await browser.follow(authorizeUrl({ client_id, prompt: 'none' }), { until: 'another-origin' })
    const found = page.location?.searchParams
    return found?.get('error') ?? (found?.has('code') ? 'code' : undefined)
  }
  const signOn = async (client_id: string) => {
    const { device, browser, person } = await addSignedIn(service)
    const page = await browser.follow(authorizeUrl({ ...offline, client_id }), { until: 'another-origin' })
    const { body } = await redeem(service, page.location?.searchParams.get('code') ?? '', { client_id })
    return { device, browser, person, tokens: body }
  }

  it('is put off by refreshing and by userinfo, and not by introspection', async () => {
    const { browser, tokens } = await signOn('ward')
    clock.advance({ minutes: 8 })
    assert.equal(await userinfo(tokens['access_token']), 200)
    clock.advance({ minutes: 8 })
    const next = await refresh('ward', tokens['refresh_token'])
    assert.equal(next.status, 200)
    clock.advance({ minutes: 8 })
    assert.equal(await isActive('ward', next.body['access_token']), true)
    clock.advance({ minutes: 8 })
    assert.equal(await isActive('ward', next.body['refresh_token']), false)
    assert.equal((await refresh('ward', next.body['refresh_token'])).body['error'], 'invalid_grant')
    assert.equal(await silently(browser, 'ward'), 'login_required')
  })

  it('is put off by a new authorization, for every application of the session', async () => {
    const { browser, tokens } = await signOn('ward')
    for (const _ of [1, 2]) {
      clock.advance({ minutes: 8 })
      assert.equal(await silently(browser, 'ward'), 'code')
    }
    assert.equal((await refresh('ward', tokens['refresh_token'])).status, 200)
  })

  it('ends sooner, by its own limit, for an application that was idle itself, and for no other', async () => {
    const { browser, tokens } = await signOn('idle')
    assert.equal(await silently(browser, 'ward'), 'code')
    clock.advance({ minutes: 4 })
    const next = await refresh('idle', tokens['refresh_token'])
    assert.equal(next.status, 200)
    clock.advance({ minutes: 4 })
    assert.equal(await silently(browser, 'ward'), 'code')
    clock.advance({ minutes: 2 })
    assert.equal(await userinfo(next.body['access_token']), 401)
    assert.equal((await refresh('idle', next.body['refresh_token'])).body['error'], 'invalid_grant')
    // The session was in use meanwhile, so the application may sign on again; what it had stays dead.
    assert.equal(await silently(browser, 'idle'), 'code')
    assert.equal((await refresh('idle', next.body['refresh_token'])).body['error'], 'invalid_grant')
  })

  it('asks for an assertion where the session was idle for longer than the application takes, however often it tries', async () => {
    const { browser, device } = await signOn('idle')
    clock.advance({ minutes: 6 })
    for (const _ of [1, 2]) assert.equal(await silently(browser, 'idle'), 'login_required')
    const id = await arrive(browser, { client_id: 'idle' })
    const state = await browser.get(`/sign-in/${id}/state`)
    assert.equal(state.json<{ stage: string }>().stage, 'authenticate')
    assert.equal(await silently(browser, 'idle'), 'login_required')
    assert.ok((await comeBack(browser, await assertAt(browser, id, device))).get('code'))
    assert.equal(await silently(browser, 'idle'), 'code')
  })

  it('asks for one, and refuses its refresh tokens, when the last one is older than the application takes', async () => {
    const { browser, device, tokens } = await signOn('short')
    let token = tokens['refresh_token']
    for (const _ of [1, 2]) {
      clock.advance({ minutes: 14 })
      const next = await refresh('short', token)
      assert.equal(next.status, 200)
      token = next.body['refresh_token']
    }
    clock.advance({ minutes: 2 })
    assert.equal((await refresh('short', token)).body['error'], 'invalid_grant')
    assert.equal(await silently(browser, 'short'), 'login_required')
    assert.equal(await silently(browser, 'ward'), 'code')
    const { body } = await redeem(service, await getCode(browser, device, { ...offline, client_id: 'short' }), {
      client_id: 'short',
    })
    assert.equal((await refresh('short', body['refresh_token'])).status, 200)
  })

  it('is one session with one sid, however many applications sign on at the same moment at two instances', async () => {
    const { url, masterKey } = service
    const second = await startService({ beside: { url, masterKey }, now: clock.now })
    const instances = [service.app, second.app]
    const { browser, person } = await addSignedIn(service)
    const ids = ['ward', 'idle', 'short', 'ward', 'idle', 'short']
    const cookie = browser.cookieHeader(`${issuer}/`)
    const codes = await Promise.all(
      ids.map(async (client_id, index) => {
        const answer = await (instances[index % 2] ?? service.app).inject({
          url: authorizeUrl({ client_id }).slice(issuer.length),
          headers: { host: new URL(issuer).host, cookie },
        })
        return new URL(String(answer.headers['location'])).searchParams.get('code') ?? ''
      }),
    )
    const sids = await Promise.all(
      codes.map(async (code, index) => {
        const { status, body } = await redeem(service, code, { client_id: ids[index] })
        assert.equal(status, 200)
        const [, claims = ''] = String(body['id_token']).split('.')
        return JSON.parse(Buffer.from(claims, 'base64url').toString()).sid as string
      }),
    )
    assert.equal(new Set(sids).size, 1)
    const rows = await sql(service, 'select id from session where person_id = $1', person.id)
    const joined = await sql(service, 'select client_id from session_application where session_id = $1', sids[0])
    assert.deepEqual([rows.length, joined.length], [1, 3])
    await second.close()
  })
})
