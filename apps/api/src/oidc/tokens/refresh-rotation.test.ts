import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import type { Person } from '#people'
import {
  addPerson,
  enrol,
  issuer,
  registerClient,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, getCode, post, redeem } from '../code-flow.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>
type Body = Record<string, unknown>

const offline = { scope: 'openid offline_access', prompt: 'consent' }

describe('a family of refresh tokens', () => {
  let service: Started
  let second: Started
  let person: Person
  let device: SoftwareAuthenticator
  let authenticatorId: string
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'other' })
    person = await addPerson(service)
    const { device: made, enrolled } = await enrol(service, person.id)
    device = made
    authenticatorId = enrolled.id
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const refresh = (token: unknown, at: Pick<TestService, 'app'> = service, client_id = 'ward') =>
    post(at, '/token', { grant_type: 'refresh_token', client_id, refresh_token: String(token) })
  const userinfo = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).statusCode
  const signIn = async (browser: BrowserLike = service.browser()): Promise<{ browser: BrowserLike; body: Body }> => {
    const { status, body } = await redeem(service, await getCode(browser, device, offline))
    assert.equal(status, 200)
    return { browser, body }
  }
  const isOver = async (...bodies: Body[]) => {
    for (const body of bodies) {
      assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
      assert.equal(await userinfo(body['access_token']), 401)
    }
  }

  it('line 30: ends with the device that it came from, though another renewed the session since', async () => {
    const other = await enrol(service, person.id)
    const stolen = await enrol(service, person.id)
    const browser = service.browser()
    const thiefs = await redeem(service, await getCode(browser, stolen.device, offline))
    assert.equal(thiefs.status, 200)
    const owners = await redeem(service, await getCode(browser, other.device, { ...offline, prompt: 'login consent' }))
    assert.equal(owners.status, 200)
    await sql(service, `update authenticator set status = 'revoked' where id = $1`, stolen.enrolled.id)
    await isOver(thiefs.body)
    assert.equal((await refresh(owners.body['refresh_token'])).status, 200)
  })

  it('goes on from token to token, and tells at each when the person really signed in', async () => {
    const { body } = await signIn()
    const first = decodeJwt(String(body['id_token']))
    let current = body
    for (const _ of [1, 2, 3]) {
      const next = await refresh(current['refresh_token'])
      assert.equal(next.status, 200)
      assert.notEqual(next.body['refresh_token'], current['refresh_token'])
      const claims = decodeJwt(String(next.body['id_token']))
      for (const name of ['sub', 'sid', 'auth_time', 'acr', 'aud']) assert.deepEqual(claims[name], first[name], name)
      current = next.body
    }
    assert.equal(await userinfo(current['access_token']), 200)
  })

  it('line 30: ends when a token that was rotated away is used, in the same second', async () => {
    const { body } = await signIn()
    const next = await refresh(body['refresh_token'])
    assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
    await isOver(body, next.body)
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.deepEqual([event?.type, event?.client, event?.details['why']], ['tokens-revoked', 'ward', 'used-twice'])
  })

  it('line 30: ends when a token from some rotations ago is used', async () => {
    const { body } = await signIn()
    const next = await refresh(body['refresh_token'])
    const last = await refresh(next.body['refresh_token'])
    assert.equal((await refresh(body['refresh_token'])).status, 400)
    await isOver(next.body, last.body)
  })

  it('line 30: gives one successor to 16 at once, raced across two instances, and ends', async () => {
    const { body } = await signIn()
    const instances = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? service : second))
    const answers = await Promise.all(instances.map((each) => refresh(body['refresh_token'], each)))
    const won = answers.filter(({ status }) => status === 200)
    assert.equal(won.length, 1)
    assert.ok(answers.every(({ status, body: { error } }) => status === 200 || error === 'invalid_grant'))
    await isOver(body, won[0]?.body ?? {})
  })

  it('line 30: remembers after a restart which tokens were used', async () => {
    const { body } = await signIn()
    const next = await refresh(body['refresh_token'])
    const restarted = await startService({ beside: service })
    try {
      assert.equal((await refresh(body['refresh_token'], restarted)).body['error'], 'invalid_grant')
      assert.equal((await refresh(next.body['refresh_token'], restarted)).body['error'], 'invalid_grant')
    } finally {
      await restarted.close()
    }
  })

  it('line 30: goes on after a restart', async () => {
    const { body } = await signIn()
    const restarted = await startService({ beside: service })
    try {
      assert.equal((await refresh(body['refresh_token'], restarted)).status, 200)
    } finally {
      await restarted.close()
    }
  })

  it('line 30: ends when its person signs out', async () => {
    const { browser, body } = await signIn()
    await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: browser.cookieHeader(`${issuer}/`), origin: issuer },
    })
    await isOver(body)
  })

  it('line 30: ends when its authenticator is revoked or suspended, and when its person is', async () => {
    for (const [table, id, status] of [
      ['authenticator', authenticatorId, 'suspended'],
      ['person', person.id, 'suspended'],
    ]) {
      const { body } = await signIn()
      await sql(service, `update ${table} set status = $2 where id = $1`, id, status)
      await isOver(body)
      await sql(service, `update ${table} set status = 'active' where id = $1`, id)
    }
    const { device: lost, enrolled } = await enrol(service, person.id)
    const { body } = await redeem(service, await getCode(service.browser(), lost, offline))
    assert.equal((await refresh(body['refresh_token'])).status, 200)
    await sql(service, `update authenticator set status = 'revoked' where id = $1`, enrolled.id)
    await isOver(body)
  })

  it('line 30: ends when another person signs in in the same browser', async () => {
    const { browser, body } = await signIn()
    const robin = await enrol(service, (await addPerson(service, 'Robin')).id)
    await getCode(browser, robin.device, { prompt: 'login' })
    await isOver(body)
  })

  it('ends when its application asks for that, and that is recorded', async () => {
    const { body } = await signIn()
    const { status } = await post(service, '/revoke', { client_id: 'ward', token: String(body['refresh_token']) })
    assert.equal(status, 200)
    await isOver(body)
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.deepEqual([event?.type, event?.details['why']], ['tokens-revoked', 'asked'])
  })

  it('goes on when its application gives up an access token, which is dead from then on (RFC 7009 §2.1)', async () => {
    const { body } = await signIn()
    await post(service, '/revoke', { client_id: 'ward', token: String(body['access_token']) })
    assert.equal(await userinfo(body['access_token']), 401)
    assert.equal((await refresh(body['refresh_token'])).status, 200)
  })

  it('line 28: is no business of another client, neither to use nor to end nor to look at', async () => {
    const { body } = await signIn()
    const token = String(body['refresh_token'])
    assert.equal((await refresh(token, service, 'other')).body['error'], 'invalid_grant')
    await post(service, '/revoke', { client_id: 'other', token })
    const looked = await post(service, '/introspect', { client_id: 'other', token })
    assert.deepEqual(looked.body, { active: false })
    assert.equal((await refresh(token)).status, 200)
  })

  it('asks for no more than its first token had', async () => {
    const { body } = await signIn()
    const wider = await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: String(body['refresh_token']),
      scope: 'openid profile offline_access',
    })
    assert.equal(wider.body['error'], 'invalid_scope')
  })

  it('takes no access token for a refresh token', async () => {
    const { body } = await signIn()
    assert.equal((await refresh(body['access_token'])).body['error'], 'invalid_grant')
  })

  it('belongs to its session: signing on again in another browser starts another', async () => {
    const [one, other] = [await signIn(), await signIn()]
    await post(service, '/revoke', { client_id: 'ward', token: String(one.body['refresh_token']) })
    assert.equal((await refresh(other.body['refresh_token'])).status, 200)
    const again = await one.browser.follow(authorizeUrl(), { until: 'another-origin' })
    assert.equal((await redeem(service, again.location?.searchParams.get('code') ?? '')).status, 200)
  })
})
