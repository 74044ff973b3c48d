import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type FakeClock, fakeClock } from '@fobwatch/testkit'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { authorizeUrl } from '../../oidc/code-flow.testing.ts'
import {
  addSignedIn,
  issuer,
  registerClient,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { type Receiver, startReceiver } from './receiver.testing.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const environment = { FOBWATCH_OUTBOUND_ALLOWED: '127.0.0.1' }

describe('telling applications that a session has ended', () => {
  let clock: FakeClock
  let service: Awaited<ReturnType<typeof startService>>
  let receiver: Receiver
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now, environment })
    receiver = await startReceiver()
    await register('ward')
    await register('rsa', { id_token_signed_response_alg: 'RS256' })
    await register('deaf', { backchannel_logout_uri: undefined })
  })
  beforeEach(async () => {
    await sql(service, 'delete from outbox')
    receiver.received.length = 0
    receiver.answers((response) => response.writeHead(200).end())
  })
  after(async () => {
    await service.close()
    await receiver.stop()
  })

  const register = (id: string, own: object = {}) => {
    const metadata = { ...ward.metadata, backchannel_logout_uri: receiver.address, ...own }
    return registerClient(service, { ...ward, id, name: id, apis: [], metadata: JSON.parse(JSON.stringify(metadata)) })
  }
  /** Somebody signed on to applications, who then signs out. */
  const signedOut = async (...clients: string[]) => {
    const { person, browser } = await addSignedIn(service)
    for (const client_id of clients) await browser.follow(authorizeUrl({ client_id }), { until: 'another-origin' })
    const [session] = await sql<{ id: string }>(service, 'select id from session where person_id = $1', person.id)
    const answer = await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: browser.cookieHeader(`${issuer}/`) },
    })
    assert.equal(answer.statusCode, 204)
    return { person, browser, sid: session?.id ?? '' }
  }
  const deliver = async ({ rooms: { outbox } }: TestService = service) => {
    await outbox.beginDelivering()
    await outbox.deliveriesSettled()
  }
  const left = () =>
    sql<{ client: string; why: string; due: Date | null; attempts: number }>(
      service,
      `select fact->>'client' as client, last_error as why, due_at as due, attempts from outbox
       where kind = 'session-ended' and delivered_at is null order by 1`,
    )

  it('is said to be done in discovery (Back-Channel Logout 1.0 §2.1)', async () => {
    const said = (await service.app.inject({ url: '/.well-known/openid-configuration' })).json()
    assert.equal(said.backchannel_logout_supported, true)
    assert.equal(said.backchannel_logout_session_supported, true)
  })

  it('posts a form with a logout token, signed with a published key by the algorithm of each (§2.4, §2.5)', async () => {
    const { person, sid } = await signedOut('ward', 'rsa')
    await deliver()
    const jwks = createLocalJWKSet((await service.app.inject({ url: '/jwks' })).json())
    const algorithms = new Map<unknown, unknown>()
    for (const { jwt, form, contentType } of receiver.received) {
      assert.equal(contentType, 'application/x-www-form-urlencoded')
      assert.deepEqual([...form.keys()], ['logout_token'])
      const options = { issuer, typ: 'logout+jwt', currentDate: clock.now() }
      const { payload, protectedHeader } = await jwtVerify(jwt, jwks, options)
      const { jti, aud, ...claims } = payload
      const iat = Math.floor(clock.now().getTime() / 1000)
      assert.deepEqual(claims, { iss: issuer, iat, exp: iat + 120, sub: person.staffId, sid, events: { [event]: {} } })
      assert.match(String(jti), /^[\w-]{36}$/)
      algorithms.set(aud, protectedHeader.alg)
    }
    assert.deepEqual(Object.fromEntries(algorithms), { ward: 'ES256', rsa: 'RS256' })
    assert.deepEqual(await left(), [])
  })

  it('tells nothing to an application that is registered without an address for it', async () => {
    await signedOut('deaf')
    await deliver()
    assert.deepEqual(receiver.received, [])
    assert.deepEqual(await left(), [])
  })

  it('line 35: keeps a sign-out waiting for no application, and tells one that was down when it is back, by a token of its own', async () => {
    receiver.answers((response) => response.destroy())
    const { browser } = await signedOut('ward')
    assert.equal((await browser.get('/api/session')).status, 401)
    await deliver()
    await receiver.stop()
    assert.equal((await left())[0]?.attempts, 1)

    clock.advance({ seconds: 10 })
    await deliver()
    assert.equal((await left())[0]?.attempts, 2)
    await receiver.restart()
    receiver.answers((response) => response.writeHead(204).end())
    clock.advance({ seconds: 20 })
    await deliver()
    assert.deepEqual(await left(), [])
    const jtis = new Set(receiver.received.map(({ claims }) => claims['jti']))
    assert.equal(jtis.size, receiver.received.length)
    const last = receiver.received.at(-1)?.claims
    assert.equal(last?.['iat'], Math.floor(clock.now().getTime() / 1000))
  })

  it('goes on at another instance after a restart, and two instances tell it once', async () => {
    receiver.answers((response) => response.writeHead(503).end())
    await signedOut('ward', 'rsa')
    await deliver()
    receiver.received.length = 0
    receiver.answers((response) => response.writeHead(200).end())
    clock.advance({ seconds: 10 })
    const { url, masterKey } = service
    const others = await Promise.all(
      [1, 2].map(() => startService({ beside: { url, masterKey }, now: clock.now, environment })),
    )
    await Promise.all(others.map((each) => deliver(each)))
    await deliver()
    assert.deepEqual(receiver.received.map(({ claims }) => claims['aud']).toSorted(), ['rsa', 'ward'])
    assert.deepEqual(await left(), [])
    await Promise.all(others.map((each) => each.close()))
  })

  it('takes a 400 as the last word, and every other answer as one that may change (§2.8)', async () => {
    receiver.answers((response) => response.writeHead(400).end('{"error":"invalid_request"}'))
    await signedOut('ward')
    await deliver()
    assert.deepEqual(
      (await left()).map(({ why, due }) => [why, due]),
      [['ward refused the logout token', null]],
    )
    for (const status of [302, 401, 404, 429, 500, 502]) {
      await sql(service, 'delete from outbox')
      receiver.answers((response) => response.writeHead(status, { location: receiver.address }).end())
      const before = receiver.received.length
      await signedOut('ward')
      await deliver()
      const [fact] = await left()
      assert.equal(fact?.why, `ward answered ${status}`)
      assert.ok(fact.due)
      assert.equal(receiver.received.length, before + 1, 'no redirect is followed')
    }
  })

  it('line 41: calls no address of this machine or a private network, unless it is configured', async () => {
    const { url, masterKey } = service
    await signedOut('ward')
    const careful = await startService({ beside: { url, masterKey }, now: clock.now })
    await deliver(careful)
    await careful.close()
    assert.deepEqual(receiver.received, [])
    assert.match((await left())[0]?.why ?? '', /is not called/)
  })

  it('passes over an application that has just not answered, so that it holds up no other', async () => {
    await receiver.stop()
    for (const _ of [1, 2, 3]) await signedOut('ward')
    await deliver()
    clock.advance({ seconds: 1 })
    await signedOut('ward')
    await deliver()
    assert.ok((await left()).some(({ why }) => why === 'ward did not answer a moment ago'))
    await receiver.restart()
    clock.advance({ seconds: 60 })
    await deliver()
    assert.equal(receiver.received.length, 4)
    assert.deepEqual(await left(), [])
  })

  it('tells of a person who may not log in any more, and whose session that ended', async () => {
    const { person, browser } = await addSignedIn(service)
    await browser.follow(authorizeUrl(), { until: 'another-origin' })
    await sql(service, `update person set status = 'closed' where id = $1`, person.id)
    await service.store.inTransaction((tx) =>
      service.rooms.sessions.endSessionsOfPerson(tx, person.id, 'person-closed'),
    )
    await deliver()
    assert.deepEqual(
      receiver.received.map(({ claims }) => claims['sub']),
      [person.staffId],
    )
  })
})
