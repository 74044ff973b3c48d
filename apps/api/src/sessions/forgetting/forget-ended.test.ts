import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { MySessions } from '@fobwatch/contracts'
import { type FakeClock, fakeClock } from '@fobwatch/testkit'
import { authorizeUrl, getCode, post, redeem } from '../../oidc/code-flow.testing.ts'
import {
  addPosition,
  addSignedIn,
  giveRole,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../../service.testing.ts'

describe('sessions that ended long ago', () => {
  let clock: FakeClock
  let service: TestService & { url: string; masterKey: string }
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    await registerClient(service)
  })
  after(() => service.close())

  const forget = (batches?: number) => service.rooms.sessions.forgetEnded(batches)
  const countOf = async (table: string, which: string, ...values: unknown[]) =>
    (await sql<{ count: number }>(service, `select count(*)::int from ${table} where ${which}`, ...values))[0]?.count
  const sessionsOf = (personId: string) => countOf('session', 'person_id = $1', personId)
  const grantsOf = (personId: string) =>
    countOf('session_application', 'session_id in (select id from session where person_id = $1)', personId)
  /** Ends all that a person has, as if it had been so many days ago. */
  const endedAgo = (personId: string, days: number) =>
    sql(
      service,
      `update session set ended_at = now() - $2 * interval '1 day', ended_why = 'signed-out',
         created_at = created_at - $2 * interval '1 day', last_active_at = last_active_at - $2 * interval '1 day'
       where person_id = $1 and ended_at is null`,
      personId,
      days,
    )
  /** Copies a person's sessions, so many times each. */
  const copy = (personId: string, times: number) =>
    sql(
      service,
      `insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, acr, created_at,
         last_active_at, ended_at, assignment_id)
       select gen_random_uuid(), uuid_send(gen_random_uuid()), person_id, authenticator_id, authenticated_at, assurance_level,
         acr, created_at, last_active_at, ended_at, assignment_id from session, generate_series(1, $2) where person_id = $1`,
      personId,
      times,
    )
  const roleIn = async (personId: string, code: string) =>
    giveRole(
      service,
      personId,
      await addPosition(service, { code, name: `Hospital ${code}` }, { name: 'Nurse', roleCode: 'S8000:G8000:R8001' }),
    )
  const worked = (personId: string, role: string, ago: number) =>
    sql(
      service,
      `insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, acr, created_at,
         last_active_at, ended_at, assignment_id)
       select gen_random_uuid(), uuid_send(gen_random_uuid()), a.person_id, a.id, t.at, 3, 'AAL3', t.at, t.at, t.at, $2
       from authenticator a, (select date_trunc('day', now()) - $3 * interval '1 day' as at) t where a.person_id = $1`,
      personId,
      role,
      ago,
    )
  const lastUseOf = async (personId: string, role: string) => {
    const at = (await service.rooms.sessions.lastUseOf(personId)).get(role)
    return at && Math.floor((new Date().setUTCHours(0, 0, 0, 0) - at.getTime()) / 86_400_000)
  }

  it('are forgotten after 90 days, with what applications were given in them, and not before', async () => {
    const { person, device, browser } = await addSignedIn(service)
    await browser.follow(authorizeUrl(), { until: 'another-origin' })
    await endedAgo(person.id, 91)
    await (await signInHere(service, device)).follow(authorizeUrl(), { until: 'another-origin' })
    await endedAgo(person.id, 89)
    const here = await signInHere(service, device)
    await here.follow(authorizeUrl(), { until: 'another-origin' })

    assert.deepEqual([await sessionsOf(person.id), await grantsOf(person.id)], [3, 3])
    assert.equal(await forget(), 1)
    assert.deepEqual([await sessionsOf(person.id), await grantsOf(person.id)], [2, 2])
    assert.equal(await countOf('session_application', 'session_id not in (select id from session)'), 0)
    assert.equal((await here.get('/api/session')).status, 200)
    assert.equal(await forget(), 0)
  })

  it('leave the log, a copy of what is held, and the lists of their person whole', async () => {
    const { person, device, browser } = await addSignedIn(service)
    await browser.follow(authorizeUrl(), { until: 'another-origin' })
    const { length } = await service.rooms.audit.eventsOf(person.id)
    await endedAgo(person.id, 100)
    await forget()
    assert.equal((await service.rooms.audit.eventsOf(person.id)).length, length)

    const here = await signInHere(service, device)
    assert.equal((await here.get('/api/sessions')).json<MySessions>().sessions.length, 1)
    const held = (await here.get('/api/me/export')).json<Record<string, unknown[]>>()
    assert.deepEqual([held['sessions']?.length, held['waysToLogIn']?.length], [1, 1])
    assert.ok((held['events']?.length ?? 0) > length)
    // Whoever comes back with the old cookie is told nothing, as after a day.
    assert.deepEqual((await browser.get('/api/session/ended')).json(), { why: null, minutes: null })
    assert.equal((await browser.get('/api/session')).status, 401)
  })

  it('take their tokens along, which had been dead since', async () => {
    const { person, device } = await addSignedIn(service)
    const code = await getCode(service.browser(), device, { scope: 'openid offline_access', prompt: 'consent' })
    const { body } = await redeem(service, code)
    const token = String(body['access_token'])
    assert.equal(typeof body['refresh_token'], 'string')
    await endedAgo(person.id, 91)
    await forget()
    assert.deepEqual((await post(service, '/introspect', { client_id: 'ward', token })).body, { active: false })
    const again = { client_id: 'ward', grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    assert.equal((await post(service, '/token', again)).body['error'], 'invalid_grant')
  })

  it('that nobody ended are ended first, and kept from then on', async () => {
    const { person } = await addSignedIn(service)
    await sql(service, `update session set created_at = now() - interval '1 year' where person_id = $1`, person.id)
    assert.equal(await forget(), 0)
    assert.ok((await service.rooms.sessions.endOverdue()) >= 1)
    assert.equal(await forget(), 0)
    await sql(service, `update session set ended_at = ended_at - interval '91 days' where person_id = $1`, person.id)
    assert.equal(await forget(), 1)
    assert.equal(await sessionsOf(person.id), 0)
  })

  it('leave behind when each role was used last, whichever of them said so', async () => {
    const { person } = await addSignedIn(service)
    const [first, second, third] = [
      await roleIn(person.id, 'ZF1'),
      await roleIn(person.id, 'ZF2'),
      await roleIn(person.id, 'ZF3'),
    ]
    for (const [role, days] of [
      [first, 200],
      [first, 120],
      [first, 300],
      [second, 150],
      [second, 3],
    ] as const)
      await worked(person.id, role, days)
    const uses = async () => [
      await lastUseOf(person.id, first),
      await lastUseOf(person.id, second),
      await lastUseOf(person.id, third),
    ]
    const before = await uses()
    assert.deepEqual(before, [120, 3, undefined])
    assert.equal(await forget(), 4)
    assert.deepEqual(await uses(), before)
    assert.equal(await countOf('role_use', 'person_id = $1', person.id), 1)

    await worked(person.id, first, 110)
    await worked(person.id, first, 400)
    assert.equal(await forget(), 2)
    assert.deepEqual(await uses(), [110, 3, undefined])
  })

  it('are forgotten batch after batch, so many in a run, and the next run goes on', async () => {
    const { person } = await addSignedIn(service)
    await endedAgo(person.id, 95)
    await copy(person.id, 1_200)
    assert.equal(await forget(1), 500)
    assert.equal(await forget(1), 500)
    assert.equal(await forget(), 201)
    assert.equal(await sessionsOf(person.id), 0)
  })

  it('are forgotten once, by however many instances at once, and none of them loses a last use', async () => {
    const { person } = await addSignedIn(service)
    const role = await roleIn(person.id, 'ZF4')
    await worked(person.id, role, 130)
    await worked(person.id, role, 131)
    await copy(person.id, 600)
    const forgotten = await Promise.all([forget(), forget(), forget(), forget()])
    assert.equal(forgotten.reduce((sum, each) => sum + each) + ((await forget()) as number), 1_202)
    assert.equal(await lastUseOf(person.id, role), 130)
  })

  it('are not forgotten early by an instance whose clock has gone ahead', async () => {
    const ahead = await startService({ beside: service, now: () => new Date(Date.now() + 400 * 86_400_000) })
    try {
      const { person } = await addSignedIn(service)
      await endedAgo(person.id, 80)
      assert.equal(await ahead.rooms.sessions.forgetEnded(), 0)
      assert.equal(await sessionsOf(person.id), 1)
    } finally {
      await ahead.close()
    }
  })

  it('are kept as long as the setting says', async () => {
    const short = await startService({ beside: service, environment: { SESSION_KEPT_DAYS: '7' } })
    try {
      const { person } = await addSignedIn(service)
      await endedAgo(person.id, 8)
      assert.equal(await forget(), 0)
      await short.rooms.sessions.forgetEnded()
      assert.equal(await sessionsOf(person.id), 0)
    } finally {
      await short.close()
    }
  })

  it('keep nobody from disabling an application meanwhile, which ends what has not ended', async () => {
    const { person, device, browser } = await addSignedIn(service)
    await browser.follow(authorizeUrl(), { until: 'another-origin' })
    await endedAgo(person.id, 91)
    const { body } = await redeem(service, await getCode(service.browser(), device))
    await Promise.all([
      forget(),
      service.store.inTransaction((tx) => service.rooms.sessions.revokeGrantsOf(tx, 'ward')),
    ])
    const token = String(body['access_token'])
    assert.deepEqual((await post(service, '/introspect', { client_id: 'ward', token })).body, { active: false })
  })
})
