import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { enrol, queueFor, signInHere, sql, startService, type TestService } from '../service.testing.ts'
import { addAt, addPlaces, makeSmartcard, type Places, putAt } from './desk.testing.ts'

const day = 86_400_000
const unsafe = ['stolen', 'desk', 'model', 'copied']
const unlockers = ['local-administrator', 'sponsor'] as const

describe('a smartcard, for whoever unlocks and renews them', () => {
  let clock: FakeClock
  let service: TestService
  let place: Places
  const by: Record<string, { person: Person; browser: BrowserLike; id: string }> = {}

  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    place = await addPlaces(service)
    for (const duty of unlockers) by[duty] = await withDuties([[duty, place.hospital]])
  })
  after(() => service.close())

  const put = (personId: string, organisationId: string, dutyCode: string) =>
    putAt(service, personId, organisationId, { dutyCode, startsAt: new Date(clock.now().getTime() - 60_000) })
  const withDuties = async (duties: [string, string][]) => {
    const person = await addAt(service, place.hospital, { familyName: 'Duty' })
    for (const [duty, organisation] of duties) await put(person.id, organisation, duty)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, browser: await signInHere(service, device), id: enrolled.id }
  }
  /** Somebody with a smartcard, paused for a reason if one is given. */
  const holder = async (because?: string, organisationId = place.clinic) => {
    const person = await addAt(service, organisationId)
    const { device, enrolled } = await enrol(service, person.id)
    await makeSmartcard(service, enrolled.id, because)
    return { person, device, id: enrolled.id }
  }
  type Held = Pick<Awaited<ReturnType<typeof holder>>, 'person' | 'id'>

  const browserOf = (duty: string) => by[duty]?.browser ?? assert.fail(duty)
  const inDays = (days: number) => new Date(clock.now().getTime() + days * day).toISOString()
  const ask = (deed: string, { person, id }: Held, browser: BrowserLike, body: object) =>
    browser.postJson(`/api/desk/people/${person.staffId}/authenticators/${id}/${deed}`, body)
  const start = (held: Held, browser = browserOf('local-administrator'), body: object = {}) =>
    ask('reinstate', held, browser, body)
  const renew = (
    held: Held,
    expiresAt: unknown = inDays(365),
    browser: BrowserLike = browserOf('local-administrator'),
  ) => ask('expiry', held, browser, { expiresAt })
  const refusal = (page: { status: number; json: <T>() => T }) => `${page.status} ${page.json<Failure>().error}`
  const reasonOf = (page: { json: <T>() => T }) => page.json<Failure>().reasons?.[0]
  const rowOf = async ({ id }: Held) => {
    const text = 'select status, status_reason as because, expires_at as "expiresAt" from authenticator where id = $1'
    return (await sql<{ status: string; because: string | null; expiresAt: Date | null }>(service, text, id))[0]
  }
  const lastEvent = async ({ person }: Held) => (await service.rooms.audit.eventsOf(person.id)).at(-1)

  for (const duty of unlockers) {
    it(`is started again by a ${duty} once it is found, recorded with what they wrote, and opens again`, async () => {
      const one = await holder('lost')
      assert.equal((await start(one, browserOf(duty), { note: 'In the laundry' })).status, 204)
      assert.equal((await rowOf(one))?.status, 'active')
      const event = await lastEvent(one)
      assert.deepEqual([event?.type, event?.actor], ['authenticator-reinstated', by[duty]?.person.id])
      assert.deepEqual(event?.personal, { note: 'In the laundry' })
      assert.equal((await (await signInHere(service, one.device)).get('/api/session')).status, 200)
    })

    it(`is renewed by a ${duty}, recorded, and its holder is told`, async () => {
      const one = await holder()
      const until = inDays(30)
      assert.equal((await renew(one, until, browserOf(duty))).status, 204)
      assert.equal((await renew(one, inDays(365), browserOf(duty))).status, 204)
      assert.equal((await rowOf(one))?.expiresAt?.toISOString(), inDays(365))
      const event = await lastEvent(one)
      assert.deepEqual([event?.type, event?.actor], ['authenticator-expiry-set', by[duty]?.person.id])
      const told = `select from outbox where kind = 'authenticator-changed' and fact->>'authenticator' = $1
        and fact->>'change' = 'expiry-set'`
      assert.equal((await sql(service, told, one.id)).length, 2)
    })

    it(`line 42: is all that a ${duty} changes: no other kind, and nothing else of it`, async () => {
      for (const kind of ['phone', 'tablet', 'computer', 'security-key', 'passkey']) {
        const other = await holder('lost')
        await sql(service, 'update authenticator set kind = $2 where id = $1', other.id, kind)
        assert.equal(refusal(await start(other, browserOf(duty))), '403 not_allowed', kind)
        assert.equal(refusal(await renew(other, inDays(365), browserOf(duty))), '403 not_allowed', kind)
        assert.deepEqual(await rowOf(other), { status: 'suspended', because: 'lost', expiresAt: null })
        assert.deepEqual((await lastEvent(other))?.details, { task: 'unlock-smartcard', why: 'not_allowed' })
      }
      const one = await holder()
      for (const deed of ['suspend', 'revoke']) {
        const page = await ask(deed, one, browserOf(duty), { because: 'desk' })
        assert.equal(refusal(page), '403 not_allowed', deed)
      }
      const link = await browserOf(duty).postJson(`/api/desk/people/${one.person.staffId}/invitations`, { how: 'link' })
      assert.equal(refusal(link), '403 not_allowed')
      assert.equal((await rowOf(one))?.status, 'active')
    })
  }

  for (const because of unsafe)
    it(`line 42: stays paused and as it lasts when it was paused because: ${because}`, async () => {
      const one = await holder(because)
      for (const duty of unlockers) {
        assert.equal(refusal(await start(one, browserOf(duty))), '403 not_allowed')
        const page = await renew(one, inDays(365), browserOf(duty))
        assert.equal(refusal(page), '403 not_allowed')
        assert.equal(reasonOf(page), 'It was not paused as lost. Ask a registration agent.')
      }
      assert.deepEqual(await rowOf(one), { status: 'suspended', because, expiresAt: null })
      assert.deepEqual((await lastEvent(one))?.details, { task: 'unlock-smartcard', why: 'not_allowed' })
    })

  it('line 42: is not taken away by an end date, nor made to last for ever', async () => {
    const one = await holder()
    const tries = [
      [null, 'A smartcard is renewed until a day.'],
      [inDays(1), 'Its first end date is 30 days away at least.'],
      [inDays(733), 'A smartcard is renewed for 2 years at most.'],
    ] as const
    for (const [until, why] of tries) {
      const page = await renew(one, until)
      assert.deepEqual([refusal(page), reasonOf(page)], ['403 not_allowed', why])
    }
    assert.equal((await rowOf(one))?.expiresAt, null)
    assert.equal((await renew(one, inDays(100))).status, 204)
    const sooner = await renew(one, inDays(99))
    assert.deepEqual([refusal(sooner), reasonOf(sooner)], ['403 not_allowed', 'It lasts longer already.'])
    assert.equal((await rowOf(one))?.expiresAt?.toISOString(), inDays(100))
  })

  it('is not started that is not paused, and not renewed once it has run out', async () => {
    const one = await holder()
    assert.equal(refusal(await start(one)), '409 authenticator_not_so')
    await sql(service, 'update authenticator set expires_at = $2 where id = $1', one.id, clock.now())
    assert.equal(refusal(await renew(one)), '409 authenticator_not_so')
  })

  it('takes no moment in another form or past, and no note without words', async () => {
    const one = await holder('lost')
    for (const until of ['tomorrow', 0, '2098-12-31T23:59:60Z', clock.now().toISOString(), { $gt: '' }])
      assert.equal(refusal(await renew(one, until)), '400 invalid_request')
    const local = browserOf('local-administrator')
    for (const body of [{}, { expiresAt: inDays(365), kind: 'smartcard' }])
      assert.equal(refusal(await ask('expiry', one, local, body)), '400 invalid_request')
    for (const body of [{ note: ' ' }, { note: 'a\r\nb' }, { because: 'lost' }, { as: 'issue-authenticator' }])
      assert.equal(refusal(await start(one, local, body)), '400 invalid_request')
    assert.equal(refusal(await start({ ...one, id: "1'--" })), '400 invalid_request')
    assert.deepEqual(await rowOf(one), { status: 'suspended', because: 'lost', expiresAt: null })
  })

  it('line 24: is not found under another person', async () => {
    const [one, other] = [await holder('lost'), await holder('lost')]
    for (const id of [other.id, randomUUID()]) {
      assert.equal(refusal(await start({ person: one.person, id })), '404 not_found')
      assert.equal(refusal(await renew({ person: one.person, id })), '404 not_found')
    }
    assert.equal((await rowOf(other))?.status, 'suspended')
  })

  it('line 42: is out of the hands of a local smartcard administrator of another organisation', async () => {
    const outside = await holder('lost', place.home)
    assert.equal(refusal(await start(outside)), '404 not_found')
    assert.equal(refusal(await renew(outside)), '404 not_found')
    assert.deepEqual((await lastEvent(outside))?.details, { task: 'unlock-smartcard', why: 'outside' })
    assert.deepEqual(await rowOf(outside), { status: 'suspended', because: 'lost', expiresAt: null })
  })

  it('line 42: is not unlocked or renewed by whoever holds it', async () => {
    const own = by['local-administrator'] ?? assert.fail()
    const { enrolled } = await enrol(service, own.person.id)
    await makeSmartcard(service, enrolled.id, 'lost')
    const mine = { person: own.person, id: enrolled.id }
    assert.equal(refusal(await start(mine)), '403 not_allowed')
    assert.equal(refusal(await renew(mine)), '403 not_allowed')
    assert.deepEqual((await lastEvent(mine))?.details, { task: 'unlock-smartcard', why: 'self' })
  })

  it('line 42: is not unlocked or renewed by whoever may do less than its holder', async () => {
    const one = await holder('lost', place.hospital)
    await put(one.person.id, place.hospital, 'agent')
    for (const duty of unlockers) {
      const page = await start(one, browserOf(duty))
      assert.deepEqual(
        [refusal(page), reasonOf(page)],
        ['403 not_allowed', 'They may do things that you may not do yourself.'],
      )
      assert.equal(refusal(await renew(one, inDays(365), browserOf(duty))), '403 not_allowed')
    }
    assert.deepEqual(await rowOf(one), { status: 'suspended', because: 'lost', expiresAt: null })
  })

  it('line 42: is all that one does where one unlocks, though one issues every kind elsewhere', async () => {
    const both = await withDuties([
      ['local-administrator', place.hospital],
      ['agent', place.home],
    ])
    const [here, there] = [await holder('stolen'), await holder('stolen', place.home)]
    assert.equal(refusal(await start(here, both.browser)), '403 not_allowed')
    assert.equal((await start(there, both.browser)).status, 204)
    assert.equal(refusal(await ask('suspend', here, both.browser, { because: 'lost' })), '404 not_found')
    assert.deepEqual(await rowOf(here), { status: 'suspended', because: 'stolen', expiresAt: null })
  })

  it('line 42: is not unlocked when the duty ends after the guard has let the request in', async () => {
    const late = await withDuties([['local-administrator', place.hospital]])
    const one = await holder('lost')
    const ending = 'update assignment set ended_at = now() where person_id = $1'
    const [page] = await queueFor(service, late.person.id, [() => start(one, late.browser)], ending)
    assert.equal(page && refusal(page), '403 not_allowed')
    assert.equal((await rowOf(one))?.status, 'suspended')
  })

  it('line 23: is unlocked and renewed by nobody who has another duty or none', async () => {
    const one = await holder('lost')
    const checker = await withDuties([['id-checker', place.hospital]])
    const nobody = await withDuties([])
    for (const { browser } of [checker, nobody]) {
      assert.equal(refusal(await start(one, browser)), '403 not_allowed')
      assert.equal(refusal(await renew(one, inDays(365), browser)), '403 not_allowed')
    }
    assert.deepEqual(await rowOf(one), { status: 'suspended', because: 'lost', expiresAt: null })
  })
})
