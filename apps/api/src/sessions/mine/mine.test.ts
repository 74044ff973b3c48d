import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { EndedSession, Failure, MySessions } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { authorizeUrl } from '../../oidc/code-flow.testing.ts'
import {
  addPosition,
  addSignedIn,
  giveRole,
  issuer,
  queueFor,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../../service.testing.ts'

describe('where you are logged in', () => {
  let clock: FakeClock
  let service: TestService & { url: string; masterKey: string }
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    await registerClient(service)
  })
  after(() => service.close())

  const list = async (browser: BrowserLike) => (await browser.get('/api/sessions')).json<MySessions>().sessions
  const remove = async (browser: BrowserLike, path: string) => {
    const answer = await service.app.inject({
      method: 'DELETE',
      url: path,
      headers: { cookie: browser.cookieHeader(`${issuer}/`), 'sec-fetch-site': 'same-origin' },
    })
    return { status: answer.statusCode, body: answer.body, cookies: String(answer.headers['set-cookie'] ?? '') }
  }
  const isSignedIn = async (browser: BrowserLike) => (await browser.get('/api/session')).status === 200
  const why = async (browser: BrowserLike) => (await browser.get('/api/session/ended')).json<EndedSession>().why
  const told = (personId: string) =>
    sql<{ client: string; why: string }>(
      service,
      `select fact->>'client' as client, fact->>'why' as why from outbox
       where kind = 'session-ended' and fact->>'person' = $1`,
      personId,
    )

  it('names each place with its role, its way and its applications, this one first, and nothing else', async () => {
    const { person, device, browser, enrolled } = await addSignedIn(service)
    const position = await addPosition(
      service,
      { code: 'ZT9', name: 'Test Hospital' },
      { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001' },
    )
    await giveRole(service, person.id, position)
    const other = await signInHere(service, device)
    await other.follow(authorizeUrl({ scope: 'openid selectedrole' }), { until: 'another-origin' })
    clock.advance({ minutes: 2 })
    const sessions = await list(browser)
    assert.deepEqual(
      sessions.map(({ id: _id, ...rest }) => rest),
      [
        {
          ...{ here: true, idle: false, shared: false, device: 'A browser that we do not know', way: enrolled.name },
          ...{ role: null, since: sessions[0]?.since, lastUsedAt: clock.now().toISOString(), applications: [] },
        },
        {
          ...{ here: false, idle: false, shared: false, device: 'A browser that we do not know', way: enrolled.name },
          role: sessions[1]?.role,
          ...{ since: sessions[1]?.since, lastUsedAt: sessions[1]?.lastUsedAt },
          applications: [{ name: 'Ward list', lastUsedAt: sessions[1]?.applications[0]?.lastUsedAt }],
        },
      ],
    )
    assert.equal(sessions[1]?.role?.organisation, 'Test Hospital')
    assert.equal((await list(other))[0]?.id, sessions[1]?.id)
  })

  it('logs out there: the other browser hears why, its applications are told, and it is recorded', async () => {
    const { person, device, browser } = await addSignedIn(service)
    const other = await signInHere(service, device)
    await other.follow(authorizeUrl(), { until: 'another-origin' })
    const there = (await list(browser)).find(({ here }) => !here)
    assert.equal((await remove(browser, `/api/sessions/${there?.id}`)).status, 204)
    assert.equal(await isSignedIn(other), false)
    assert.equal(await why(other), 'elsewhere')
    assert.equal(await isSignedIn(browser), true)
    assert.equal(await why(browser), null)
    assert.deepEqual(await told(person.id), [{ client: 'ward', why: 'signed-out-elsewhere' }])
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    const [here] = await list(browser)
    assert.equal(event?.type, 'signed-out-elsewhere')
    assert.deepEqual(event.details, { session: there?.id, from: here?.id })
    assert.equal((await remove(browser, `/api/sessions/${there?.id}`)).status, 404)
  })

  it('logs out everywhere else, of every session but this one and of nobody else', async () => {
    const [mine, theirs] = [await addSignedIn(service), await addSignedIn(service)]
    const others = [await signInHere(service, mine.device), await signInHere(service, mine.device)]
    const answer = await remove(mine.browser, '/api/sessions')
    assert.deepEqual([answer.status, answer.body], [200, '{"ended":2}'])
    for (const other of others) assert.equal(await isSignedIn(other), false)
    assert.equal(await isSignedIn(mine.browser), true)
    assert.equal(await isSignedIn(theirs.browser), true)
    assert.equal((await remove(mine.browser, '/api/sessions')).body, '{"ended":0}')
  })

  it('logs out here by the id of this one, as by the button', async () => {
    const { browser } = await addSignedIn(service)
    const [here] = await list(browser)
    const answer = await remove(browser, `/api/sessions/${here?.id}`)
    assert.equal(answer.status, 204)
    assert.match(answer.cookies, /^fobwatch_session=; Max-Age=0/)
    assert.equal(await isSignedIn(browser), false)
  })

  it("line 24: does not find another person's session, one that never was, or one that has ended", async () => {
    const [mine, theirs] = [await addSignedIn(service), await addSignedIn(service)]
    const [session] = await list(theirs.browser)
    for (const id of [session?.id, newId()]) {
      const answer = await remove(mine.browser, `/api/sessions/${id}`)
      assert.equal(answer.status, 404)
      assert.equal((JSON.parse(answer.body) as Failure).error, 'not_found')
    }
    assert.equal(await isSignedIn(theirs.browser), true)
    assert.ok((await list(mine.browser)).every(({ id }) => id !== session?.id))
  })

  it('refuses an id that is none, and whoever is not signed in', async () => {
    const { browser } = await addSignedIn(service)
    for (const id of ['x', '1', "'%20or%201=1", '%00'])
      assert.ok([400, 404].includes((await remove(browser, `/api/sessions/${id}`)).status), id)
    const nobody = service.browser()
    assert.equal((await nobody.get('/api/sessions')).status, 401)
    assert.equal((await remove(nobody, '/api/sessions')).status, 401)
    assert.equal((await remove(nobody, `/api/sessions/${newId()}`)).status, 401)
    assert.equal(await why(nobody), null)
  })

  it('lets one of two sessions that end each other at once stay, and ends the other', async () => {
    const { person, device, browser } = await addSignedIn(service)
    const other = await signInHere(service, device)
    const answers = await queueFor(service, person.id, [
      () => remove(browser, '/api/sessions'),
      () => remove(other, '/api/sessions'),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 401],
    )
    assert.deepEqual([await isSignedIn(browser), await isSignedIn(other)], [true, false])
  })

  it('line 24: is ended, told and recorded once, however many ask at once at two instances, for whatever end', async () => {
    const second = await startService({ beside: service, now: clock.now })
    const { person, device, browser } = await addSignedIn(service)
    const place = { code: 'ZT8', name: 'Test Hospital' }
    const position = await addPosition(service, place, { name: 'Nurse', roleCode: 'S8000:G8000:R8001' })
    const role = await giveRole(service, person.id, position)
    const other = await signInHere(service, device)
    await other.follow(authorizeUrl(), { until: 'another-origin' })
    const there = (await list(browser)).find(({ here }) => !here)?.id
    const asks = [
      [browser, 'DELETE', `/api/sessions/${there}`],
      [browser, 'DELETE', '/api/sessions'],
      [other, 'DELETE', '/api/session'],
      [other, 'POST', '/api/session/role'],
    ] as const
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, each) => {
        const [by, method, url] = asks[each % asks.length] ?? asks[0]
        const headers = { cookie: by.cookieHeader(`${issuer}/`), 'sec-fetch-site': 'same-origin' }
        const from = Math.floor(each / asks.length) % 2 ? second : service
        return from.app.inject({ method, url, headers, ...(method === 'POST' && { payload: { role } }) })
      }),
    )
    for (const { statusCode } of answers) assert.ok([200, 204, 401, 404].includes(statusCode), String(statusCode))
    assert.equal(await isSignedIn(other), false)
    assert.equal(await isSignedIn(browser), true)
    assert.equal((await told(person.id)).length, 1)
    const events = await service.rooms.audit.eventsOf(person.id)
    assert.equal(events.filter(({ type }) => type.startsWith('signed-out')).length, 1)
    await second.close()
  })

  it('shows an idle one whose applications may still be open, and none without', async () => {
    const { person, device, browser: first } = await addSignedIn(service)
    await first.follow(authorizeUrl(), { until: 'another-origin' })
    await signInHere(service, device)
    clock.advance({ minutes: 20 })
    const browser = await signInHere(service, device)
    const sessions = await list(browser)
    assert.deepEqual(
      sessions.map(({ here, idle, applications }) => [here, idle, applications.length]),
      [
        [true, false, 0],
        [false, true, 1],
      ],
    )
    assert.equal((await remove(browser, `/api/sessions/${sessions[1]?.id}`)).status, 204)
    assert.deepEqual(await told(person.id), [{ client: 'ward', why: 'signed-out-elsewhere' }])
  })

  describe('when it is over, is told why', () => {
    it('after 15 minutes without anything, also once it has come to its end', async () => {
      const { browser } = await addSignedIn(service)
      assert.equal(await why(browser), null)
      clock.advance({ minutes: 15 })
      assert.equal(await why(browser), 'idle')
      clock.advance({ hours: 12 })
      assert.equal(await why(browser), 'idle')
      await service.rooms.sessions.endOverdue()
      assert.equal(await why(browser), 'idle')
      clock.advance({ hours: 25 })
      assert.equal(await why(browser), null)
    })

    it('after 12 hours at work', async () => {
      const { browser } = await addSignedIn(service)
      for (const _ of Array.from({ length: 72 })) {
        await isSignedIn(browser)
        clock.advance({ minutes: 10 })
      }
      assert.equal(await why(browser), 'expired')
      await service.rooms.sessions.endOverdue()
      assert.equal(await why(browser), 'expired')
    })

    it('when a device was paused, and when the desk ended it', async () => {
      const one = await addSignedIn(service)
      await service.store.inTransaction((tx) =>
        service.rooms.sessions.endSessionsOf(tx, one.enrolled.id, 'authenticator-suspended'),
      )
      assert.equal(await why(one.browser), 'device')
      await sql(service, `update authenticator set status = 'suspended' where id = $1`, one.enrolled.id)
      const two = await addSignedIn(service)
      await sql(
        service,
        `update authenticator set expires_at = now() - interval '1 day' where id = $1`,
        two.enrolled.id,
      )
      assert.equal(await why(two.browser), 'device')
      await service.store.inTransaction((tx) =>
        service.rooms.sessions.endSessionsOfPerson(tx, two.person.id, 'person-suspended'),
      )
      assert.equal(await why(two.browser), 'desk')
    })

    it('to whoever has its secret alone', async () => {
      const { browser } = await addSignedIn(service)
      clock.advance({ minutes: 15 })
      for (const cookie of ['fobwatch_session=x', 'fobwatch_session=', ''])
        assert.deepEqual(
          (await service.app.inject({ url: '/api/session/ended', headers: { cookie } })).json<EndedSession>(),
          { why: null, minutes: null },
        )
      assert.equal(await why(browser), 'idle')
    })
  })
})
