import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { type FakeClock, fakeClock, type SoftwareAuthenticator } from '@fobwatch/testkit'
import { authorizeUrl, getCode, post, redeem } from '../../oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  untilBlocked,
  ward,
} from '../../service.testing.ts'

const other = { ...ward, id: 'other', name: 'Other list', apis: [] }

describe('the end of a session', () => {
  let clock: FakeClock
  let service: TestService
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    await registerClient(service)
    await registerClient(service, other)
  })
  after(() => service.close())

  const enrolled = async (personId: string) => {
    const { device, enrolled } = await enrol(service, personId)
    return { device, id: enrolled.id }
  }
  /** A person signed in here and, from here, to both applications. */
  const signedOn = async () => {
    const person = await addPerson(service)
    const mine = await enrolled(person.id)
    const browser = await signInHere(service, mine.device)
    for (const client_id of ['ward', 'other'])
      await browser.follow(authorizeUrl({ client_id }), { until: 'another-origin' })
    return { person, browser, ...mine }
  }
  const told = async (personId: string) =>
    sql<{ client: string; why: string; session: string }>(
      service,
      `select fact->>'client' as client, fact->>'why' as why, fact->>'session' as session from outbox
       where kind = 'session-ended' and fact->>'person' = $1 order by created_at, 1`,
      personId,
    )
  const tellings = async (personId: string) => (await told(personId)).map(({ client, why }) => `${client} ${why}`)
  const endOf = (authenticatorId: string) =>
    service.store.inTransaction((tx) =>
      service.rooms.sessions.endSessionsOf(tx, authenticatorId, 'authenticator-suspended'),
    )

  it('by signing out is told to every application that took part, once', async () => {
    const { person, browser } = await signedOn()
    await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie: browser.cookieHeader('http://localhost:3000/'), 'sec-fetch-site': 'same-origin' },
    })
    assert.deepEqual(await tellings(person.id), ['other signed-out', 'ward signed-out'])
    assert.equal(new Set((await told(person.id)).map(({ session }) => session)).size, 1)
  })

  it('by somebody else who signs in here is told too', async () => {
    const { person, browser } = await signedOn()
    const { device } = await enrolled((await addPerson(service, 'Bo')).id)
    assert.equal((await assertAt(browser, 'fobwatch', device)).status, 200)
    assert.deepEqual(await tellings(person.id), ['other replaced', 'ward replaced'])
  })

  it('with the authenticator that opened it is told, wherever it was opened, and of no other session', async () => {
    const { person, device, id } = await signedOn()
    await getCode(service.browser(), device)
    const spare = await enrolled(person.id)
    const goesOn = await signInHere(service, spare.device)
    assert.equal(await endOf(id), 2)
    assert.deepEqual(await tellings(person.id), [
      'other authenticator-suspended',
      'ward authenticator-suspended',
      'ward authenticator-suspended',
    ])
    assert.equal((await goesOn.get('/api/session')).status, 200)
    assert.equal(await endOf(id), 0)
    assert.equal((await told(person.id)).length, 3)
  })

  it('of one application only comes where the session has gone on with another authenticator', async () => {
    const person = await addPerson(service)
    const [first, second] = [await enrolled(person.id), await enrolled(person.id)]
    const browser = await signInHere(service, first.device)
    const tokensOf = async (device: SoftwareAuthenticator, client_id: string) => {
      const code = await getCode(browser, device, { client_id, max_age: '0' })
      return (await redeem(service, code, { client_id })).body
    }
    const drawn = await tokensOf(first.device, 'other')
    const kept = await tokensOf(second.device, 'ward')

    assert.equal(await endOf(first.id), 0)
    assert.deepEqual(await tellings(person.id), ['other authenticator-suspended'])
    const isActive = async (client_id: string, token: unknown) =>
      (await post(service, '/introspect', { client_id, token: String(token) })).body['active']
    assert.equal(await isActive('other', drawn['access_token']), false)
    assert.equal(await isActive('ward', kept['access_token']), true)
    assert.equal((await browser.get('/api/session')).status, 200)
  })

  it('line 1: is told to an application that comes in as it ends', async () => {
    const { sessions } = service.rooms
    const lockOther = statement<[]>('', "select from client where id = 'other' for update")
    const endings: ((of: { person: string; id: string; session: string }) => Promise<unknown>)[] = [
      ({ person, session }) => sessions.signOut({ sessionId: session, personId: person }),
      ({ person }) =>
        service.store.inTransaction((tx) => sessions.endSessionsOfPerson(tx, person, 'person-signed-out')),
      ({ id }) => endOf(id),
    ]
    for (const end of endings) {
      const person = (await addPerson(service)).id
      const { device, id } = await enrolled(person)
      const browser = await signInHere(service, device)
      const [row] = await sql<{ session: string }>(
        service,
        'select id as session from session where person_id = $1',
        person,
      )
      const begun = await service.store.inTransaction(async (tx) => {
        await service.store.run(lockOther, [], tx)
        const coming = browser.follow(authorizeUrl({ client_id: 'other' }), { until: 'another-origin' })
        await untilBlocked(service, 1)
        let hasEnded = false
        const ending = end({ person, id, session: row?.session ?? '' }).finally(() => (hasEnded = true))
        await untilBlocked(service, 2, () => hasEnded)
        return { coming, ending }
      })
      await Promise.all([begun.coming, begun.ending])
      assert.deepEqual(
        (await told(person)).map(({ client }) => client),
        ['other'],
      )
    }
  })

  it('comes after 12 hours, not before, and is told once, by whichever of two instances looks first', async () => {
    const { person, browser } = await signedOn()
    clock.advance({ minutes: 12 * 60 - 1 })
    await service.rooms.sessions.endOverdue()
    assert.deepEqual(await tellings(person.id), [])
    clock.advance({ minutes: 1 })
    const { sessions } = service.rooms
    const ended = await Promise.all([sessions.endOverdue(), sessions.endOverdue(), sessions.endOverdue()])
    assert.ok(ended.reduce((sum, each) => sum + each) >= 1)
    assert.deepEqual(await tellings(person.id), ['other expired', 'ward expired'])
    assert.equal((await browser.get('/api/session')).status, 401)
    assert.equal(await service.rooms.sessions.endOverdue(), 0)
  })

  it('after 12 hours comes to more sessions than one batch takes', async () => {
    const { person, device } = await signedOn()
    for (const _ of Array.from({ length: 3 })) await signInHere(service, device)
    await sql(
      service,
      `insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, acr, created_at,
         last_active_at) select gen_random_uuid(), uuid_send(gen_random_uuid()), person_id, authenticator_id, authenticated_at,
         assurance_level, acr, created_at, last_active_at from session, generate_series(1, 60) where person_id = $1`,
      person.id,
    )
    clock.advance({ minutes: 12 * 60 })
    assert.ok((await service.rooms.sessions.endOverdue()) > 200)
    const [left] = await sql<{ count: number }>(service, 'select count(*)::int from session where ended_at is null')
    assert.equal(left?.count, 0)
  })

  it('line 17: comes to people who are suspended or closed by whatever way, within seconds, and is not undone', async () => {
    const [suspended, closed, other] = [await signedOn(), await signedOn(), await signedOn()]
    const set = (id: string, status: string) => sql(service, 'update person set status = $2 where id = $1', id, status)
    await set(suspended.person.id, 'suspended')
    await set(closed.person.id, 'closed')
    assert.equal(await service.rooms.sessions.endOverdue(), 2)
    await set(suspended.person.id, 'active')
    assert.equal((await suspended.browser.get('/api/session')).status, 401)
    assert.deepEqual(await tellings(suspended.person.id), ['other person-suspended', 'ward person-suspended'])
    assert.deepEqual(await tellings(closed.person.id), ['other person-closed', 'ward person-closed'])
    assert.equal((await other.browser.get('/api/session')).status, 200)
  })

  it('line 17: comes with the suspension of its person, is told, and is not undone when that is', async () => {
    const { person, browser } = await signedOn()
    const [after] = [await signedOn()]
    const setStatus = (status: string) =>
      service.store.inTransaction(async (tx) => {
        await service.store.run(statement<[string, string]>('', 'update person set status = $2 where id = $1'), [
          person.id,
          status,
        ])
        if (status === 'suspended') await service.rooms.sessions.endSessionsOfPerson(tx, person.id, 'person-suspended')
      })
    await setStatus('suspended')
    await setStatus('active')
    assert.equal((await browser.get('/api/session')).status, 401)
    assert.deepEqual(await tellings(person.id), ['other person-suspended', 'ward person-suspended'])
    assert.equal((await after.browser.get('/api/session')).status, 200)
  })

  it('is told although it was idle for too long, since applications have limits of their own', async () => {
    const { person, id } = await signedOn()
    clock.advance({ minutes: 60 })
    assert.equal(await endOf(id), 1)
    assert.equal((await told(person.id)).length, 2)
  })

  it('is not told when the deed that ended it is rolled back', async () => {
    const { person, browser, id } = await signedOn()
    const deed = service.store.inTransaction(async (tx) => {
      await service.rooms.sessions.endSessionsOf(tx, id, 'authenticator-suspended')
      throw new Error('no')
    })
    await assert.rejects(deed, { message: 'no' })
    assert.deepEqual(await tellings(person.id), [])
    assert.equal((await browser.get('/api/session')).status, 200)
  })
})
