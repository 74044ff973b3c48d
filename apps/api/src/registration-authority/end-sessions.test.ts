import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { DeskPerson, EndedSession, Failure } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { authorizeUrl } from '../oidc/code-flow.testing.ts'
import {
  enrol,
  issuer,
  queueFor,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from './desk.testing.ts'

describe('where somebody is logged in, at the desk', () => {
  let clock: FakeClock
  let service: TestService
  let place: Places
  let agent: Someone
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    await registerClient(service)
    place = await addPlaces(service)
    agent = await withDuty('agent')
  })
  after(() => service.close())

  interface Someone {
    person: Person
    browser: BrowserLike
  }
  const someone = async (organisationId = place.clinic) => {
    const person = await addAt(service, organisationId)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, device, enrolled, browser: await signInHere(service, device) }
  }
  const put = (person: Person, what: Parameters<typeof putAt>[3]) =>
    putAt(service, person.id, place.hospital, { ...what, startsAt: new Date(clock.now().getTime() - 60_000) })
  const withDuty = async (dutyCode: string): Promise<Someone> => {
    const one = await someone(place.hospital)
    await put(one.person, { dutyCode })
    return one
  }
  const pageOf = async ({ staffId }: Person, { browser } = agent) => {
    const page = await browser.get(`/api/desk/people/${staffId}`)
    assert.equal(page.status, 200, page.body)
    return page.json<DeskPerson>()
  }
  const end = async ({ staffId }: Pick<Person, 'staffId'>, { browser } = agent) => {
    const { statusCode, body } = await service.app.inject({
      method: 'DELETE',
      url: `/api/desk/people/${staffId}/sessions`,
      headers: { cookie: browser.cookieHeader(`${issuer}/`), 'sec-fetch-site': 'same-origin' },
    })
    return { status: statusCode, body, json: <T>() => JSON.parse(body) as T }
  }
  const refusal = (page: Awaited<ReturnType<typeof end>>) => `${page.status} ${page.json<Failure>().error}`
  const isSignedIn = async ({ browser }: Someone) => (await browser.get('/api/session')).status === 200
  const lastEvent = async ({ id }: Person) => (await service.rooms.audit.eventsOf(id)).at(-1)

  it('is shown with the device, the role, the way and the applications, and nothing that opens it', async () => {
    const { person, device, enrolled, browser } = await someone()
    await put(person, { name: 'Nurse, Ward 7', roleCode: 'S8000:G8000:R8001' })
    clock.advance({ minutes: 1 })
    const other = await signInHere(service, device)
    await other.follow(authorizeUrl({ scope: 'openid selectedrole' }), { until: 'another-origin' })
    const { places } = await pageOf(person)
    const at = { since: places[0]?.since, lastUsedAt: places[0]?.lastUsedAt }
    assert.deepEqual(places[0], {
      ...{ idle: false, shared: false, device: 'A browser that we do not know', way: enrolled.name, ...at },
      role: { position: 'Nurse, Ward 7', organisation: 'Hospital' },
      applications: [{ name: 'Ward list', lastUsedAt: places[0]?.applications[0]?.lastUsedAt }],
    })
    assert.deepEqual([places.length, places[1]?.role, places[1]?.applications], [2, null, []])
    assert.equal((await browser.get('/api/session')).status, 200)
  })

  it('is nowhere for somebody who never logged in, and for one whose profile was paused', async () => {
    const { places } = await pageOf(await addAt(service, place.clinic))
    assert.deepEqual(places, [])
    const { person } = await someone()
    await sql(service, `update person set status = 'suspended' where id = $1`, person.id)
    assert.deepEqual((await pageOf(person)).places, [])
  })

  it('ends everywhere: the browsers say why, the applications are told, and it is recorded', async () => {
    const one = await someone()
    const bystander = await someone()
    const other = { ...one, browser: await signInHere(service, one.device) }
    await other.browser.follow(authorizeUrl(), { until: 'another-origin' })
    const answer = await end(one.person)
    assert.deepEqual([answer.status, answer.body], [200, '{"ended":2}'])
    for (const gone of [one, other]) {
      assert.equal(await isSignedIn(gone), false)
      assert.equal((await gone.browser.get('/api/session/ended')).json<EndedSession>().why, 'desk')
    }
    assert.equal(await isSignedIn(bystander), true)
    const told = `select fact->>'client' as client, fact->>'why' as why from outbox
      where kind = 'session-ended' and fact->>'person' = $1`
    assert.deepEqual(await sql(service, told, one.person.id), [{ client: 'ward', why: 'person-signed-out' }])
    const event = await lastEvent(one.person)
    assert.deepEqual(
      [event?.type, event?.outcome, event?.actor, event?.details],
      ['signed-out-by-desk', 'done', agent.person.id, { sessions: 2 }],
    )
    assert.deepEqual((await pageOf(one.person)).places, [])
    assert.equal(await isSignedIn({ ...one, browser: await signInHere(service, one.device) }), true)
  })

  it('ends for nobody who is logged in nowhere, and for somebody whose profile is paused', async () => {
    assert.equal((await end(await addAt(service, place.clinic))).body, '{"ended":0}')
    const { person } = await someone()
    await sql(service, `update person set status = 'suspended' where id = $1`, person.id)
    assert.equal((await end(person)).body, '{"ended":1}')
  })

  it('line 42: ends by no agent of another organisation', async () => {
    const outside = await someone(place.home)
    assert.equal(refusal(await end(outside.person)), '404 not_found')
    assert.equal(await isSignedIn(outside), true)
    assert.deepEqual((await lastEvent(outside.person))?.details, { task: 'issue-authenticator', why: 'outside' })
    assert.equal(refusal(await end({ staffId: '999999999999' })), '404 not_found')
  })

  it('line 42: ends by no agent for themselves', async () => {
    const page = await end(agent.person)
    assert.equal(refusal(page), '403 not_allowed')
    assert.deepEqual(page.json<Failure>().reasons, ['Your own are on the page “Where you are logged in”.'])
    assert.equal(await isSignedIn(agent), true)
    assert.deepEqual((await lastEvent(agent.person))?.details, { task: 'issue-authenticator', why: 'self' })
  })

  it('line 42: ends by nobody who may do less than the person', async () => {
    const manager = await withDuty('manager')
    const page = await end(manager.person)
    assert.equal(refusal(page), '403 not_allowed')
    assert.deepEqual(page.json<Failure>().reasons, ['They may do things that you may not do yourself.'])
    assert.equal(await isSignedIn(manager), true)
    assert.deepEqual((await lastEvent(manager.person))?.details, { task: 'issue-authenticator', why: 'duties' })
    assert.equal((await end(agent.person, manager)).status, 200)
    agent = await withDuty('agent')
  })

  it('line 23: ends by nobody whose duty only asks for it, is another, or is none', async () => {
    const one = await someone()
    for (const duty of ['sponsor', 'id-checker', 'local-administrator', 'service-operator'])
      assert.equal(refusal(await end(one.person, await withDuty(duty))), '403 not_allowed', duty)
    assert.equal(refusal(await end(one.person, await someone())), '403 not_allowed')
    assert.equal(await isSignedIn(one), true)
  })

  for (const [what, ending, expected] of [
    ['session ends', 'update session set ended_at = now() where person_id = $1', '401 not_signed_in'],
    ['duty ends', 'update assignment set ended_at = now() where person_id = $1', '403 not_allowed'],
  ] as const)
    it(`line 42: does not end when the agent’s ${what} after the guard has let the request in`, async () => {
      const [late, one] = [await withDuty('agent'), await someone()]
      const [page] = await queueFor(service, late.person.id, [() => end(one.person, late)], ending)
      assert.equal(page && refusal(page), expected)
      assert.equal(await isSignedIn(one), true)
    })

  it('takes no number that is none', async () => {
    for (const staffId of ['1', '12345678901a', '%27', '1234567890123'])
      assert.equal(refusal(await end({ staffId })), '400 invalid_request', staffId)
  })

  describe('and what happened to somebody last', () => {
    it('is five events, newest first, without what is personal, and without those who looked', async () => {
      const person = await addAt(service, place.clinic)
      const types = ['signed-in', 'role-chosen', 'reasserted', 'signed-out', 'signed-in', 'sign-in-refused'] as const
      for (const type of types) {
        clock.advance({ seconds: 1 })
        await service.rooms.auditChain.recordAlone({
          ...{ type, person: person.id, personal: { userAgent: 'Ward browser' }, details: { level: 2 } },
          outcome: type === 'sign-in-refused' ? 'refused' : 'done',
        })
      }
      for (const _ of [1, 2, 3]) await pageOf(person)
      const { events } = await pageOf(person)
      assert.deepEqual(
        events.map(({ type, outcome }) => `${type} ${outcome}`),
        ['sign-in-refused refused', 'signed-in done', 'signed-out done', 'reasserted done', 'role-chosen done'],
      )
      assert.deepEqual(events[0], { at: clock.now().toISOString(), type: 'sign-in-refused', outcome: 'refused' })
    })

    it('is nothing of anybody else', async () => {
      const [one, other] = [await addAt(service, place.clinic), await addAt(service, place.clinic)]
      await service.rooms.auditChain.recordAlone({ type: 'person-changed', actor: one.id, person: other.id })
      assert.deepEqual(
        (await pageOf(one)).events.map(({ type }) => type),
        ['person-created'],
      )
    })
  })
})
