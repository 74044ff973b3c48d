import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { DeskPerson, Failure, PausedAuthenticators } from '@fobwatch/contracts'
import { type BrowserLike, type FakeClock, fakeClock } from '@fobwatch/testkit'
import type { Person } from '#people'
import { enrol, queueFor, signInHere, sql, startService, type TestService } from '../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from './desk.testing.ts'

describe('what somebody logs in with, at the desk', () => {
  let clock: FakeClock
  let service: TestService
  let place: Places
  let agent: { person: Person; browser: BrowserLike }

  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
    place = await addPlaces(service)
    agent = await withDuty('agent', place.hospital)
  })
  after(() => service.close())

  const add = (organisationId: string, familyName = 'Elsewhere') => addAt(service, organisationId, { familyName })
  const put = (personId: string, organisationId: string, dutyCode: string) =>
    putAt(service, personId, organisationId, { dutyCode, startsAt: new Date(clock.now().getTime() - 60_000) })
  const withDuty = async (dutyCode: string, organisationId: string) => {
    const person = await add(organisationId, dutyCode)
    await put(person.id, organisationId, dutyCode)
    const { device } = await enrol(service, person.id)
    return { person, browser: await signInHere(service, device) }
  }
  /** Somebody with a device, who is logged in with it. */
  const someone = async (organisationId = place.clinic) => {
    const person = await add(organisationId)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, device, id: enrolled.id, browser: await signInHere(service, device) }
  }
  type Someone = Pick<Awaited<ReturnType<typeof someone>>, 'person' | 'id'>

  const later = () => new Date(clock.now().getTime() + 86_400_000).toISOString()
  const bodies = () => ({
    suspend: { because: 'stolen', note: 'Left on a bus' },
    reinstate: {},
    revoke: { because: 'left' },
    expiry: { expiresAt: later() },
  })
  type DeedName = keyof ReturnType<typeof bodies>
  const deeds: readonly DeedName[] = ['suspend', 'reinstate', 'revoke', 'expiry']
  const ask = (deed: DeedName, { person, id }: Someone, by = agent.browser, body: object = bodies()[deed]) =>
    by.postJson(`/api/desk/people/${person.staffId}/authenticators/${id}/${deed}`, body)
  const done = async (...asked: Parameters<typeof ask>) => {
    const page = await ask(...asked)
    assert.equal(page.status, 204, page.body)
  }
  const refusal = (page: { status: number; json: <T>() => T }) => `${page.status} ${page.json<Failure>().error}`
  const shown = async ({ person, id }: Someone) => {
    const page = (await agent.browser.get(`/api/desk/people/${person.staffId}`)).json<DeskPerson>()
    return page.authenticators.find((each) => each.id === id)
  }
  const statusOf = async (id: string) =>
    (await sql<{ status: string }>(service, 'select status from authenticator where id = $1', id))[0]?.status
  const lettersAbout = async (id: string) => {
    const about = `select fact from outbox where kind = 'authenticator-changed' and fact->>'authenticator' = $1`
    return (await sql(service, about, id)).length
  }
  const lastEvent = async (person: Person) => (await service.rooms.audit.eventsOf(person.id)).at(-1)

  it('is suspended at once, with who, when, why and what they wrote', async () => {
    const one = await someone()
    await done('suspend', one)
    assert.equal((await one.browser.get('/api/session')).status, 401)
    const { status, because, changedAt, changedBy, note, mayReinstate } = (await shown(one)) ?? {}
    assert.deepEqual([status, because, changedAt], ['suspended', 'stolen', clock.now().toISOString()])
    assert.deepEqual([changedBy, note, mayReinstate], ['Wren agent', 'Left on a bus', false])
    const event = (await service.rooms.audit.eventsOf(one.person.id)).find(
      ({ type }) => type === 'authenticator-suspended',
    )
    assert.equal(event?.actor, agent.person.id)
    assert.deepEqual(event?.details, { authenticator: one.id, because: 'stolen', as: 'desk', sessions: 1 })
    assert.deepEqual(event?.personal, { note: 'Left on a bus' })
  })

  it('is reinstated, and the sessions of before stay over', async () => {
    const one = await someone()
    await done('suspend', one)
    await done('reinstate', one, agent.browser, { note: 'It was in the laundry' })
    assert.equal((await one.browser.get('/api/session')).status, 401)
    const { status, because, changedBy, note } = (await shown(one)) ?? {}
    assert.deepEqual([status, because, changedBy, note], ['active', null, 'Wren agent', 'It was in the laundry'])
    assert.equal((await (await signInHere(service, one.device)).get('/api/session')).status, 200)
  })

  it('is revoked for good', async () => {
    const one = await someone()
    await done('revoke', one)
    assert.equal(await shown(one), undefined)
    assert.equal((await one.browser.get('/api/session')).status, 401)
    for (const deed of deeds) assert.equal(refusal(await ask(deed, one)), '404 not_found', deed)
  })

  it('lasts until a day that is said, or for good again', async () => {
    const one = await someone()
    await done('expiry', one)
    assert.equal((await shown(one))?.expiresAt, later())
    await done('expiry', one, agent.browser, { expiresAt: null })
    assert.equal((await shown(one))?.expiresAt, null)
    const past = { expiresAt: clock.now().toISOString() }
    assert.equal(refusal(await ask('expiry', one, agent.browser, past)), '400 invalid_request')
    assert.equal((await lastEvent(one.person))?.type, 'desk-refused')
  })

  it('is taken over from its holder, who cannot undo it any more', async () => {
    const one = await someone()
    const { device } = await enrol(service, one.person.id)
    const spare = await signInHere(service, device)
    assert.equal((await spare.postJson(`/api/authenticators/${one.id}/lost`, {})).status, 200)
    assert.equal((await shown(one))?.mayReinstate, true)
    await done('suspend', one)
    assert.equal((await shown(one))?.mayReinstate, false)
    assert.equal(refusal(await spare.postJson(`/api/authenticators/${one.id}/found`, {})), '403 not_allowed')
    assert.equal(await statusOf(one.id), 'suspended')
  })

  it('is not suspended again for the reason that it is suspended for, and is for another', async () => {
    const one = await someone()
    await done('suspend', one)
    const [before, told] = [await shown(one), await lettersAbout(one.id)]
    clock.advance({ seconds: 1 })
    const again = await ask('suspend', one)
    assert.equal(refusal(again), '409 authenticator_not_so')
    assert.deepEqual(again.json<Failure>().reasons, ['It is paused for this reason already.'])
    assert.deepEqual([await shown(one), await lettersAbout(one.id)], [before, told])
    await done('suspend', one, agent.browser, { because: 'lost' })
    assert.equal((await shown(one))?.because, 'lost')
  })

  it('is taken over from its holder once, though for the reason that they gave', async () => {
    const one = await someone()
    assert.equal((await one.browser.postJson(`/api/authenticators/${one.id}/lost`, {})).status, 200)
    await done('suspend', one, agent.browser, { because: 'lost' })
    assert.equal((await shown(one))?.mayReinstate, false)
    assert.equal(refusal(await ask('suspend', one, agent.browser, { because: 'lost' })), '409 authenticator_not_so')
  })

  it('is changed though the profile of its person is not active', async () => {
    for (const status of ['suspended', 'closed']) {
      const one = await someone()
      await sql(service, 'update person set status = $2 where id = $1', one.person.id, status)
      await done('revoke', one)
    }
  })

  it('line 24: is not found under another person, and none is that is not there', async () => {
    const [one, other] = [await someone(), await someone()]
    for (const deed of deeds)
      for (const id of [other.id, randomUUID()])
        assert.equal(refusal(await ask(deed, { person: one.person, id })), '404 not_found', deed)
    assert.equal(await statusOf(other.id), 'active')
    assert.deepEqual((await lastEvent(one.person))?.details, { task: 'issue-authenticator', why: 'not_found' })
  })

  it('line 42: is out of the hands of agents of other organisations', async () => {
    const outside = await someone(place.home)
    for (const deed of deeds) assert.equal(refusal(await ask(deed, outside)), '404 not_found', deed)
    assert.equal(await statusOf(outside.id), 'active')
    assert.deepEqual((await lastEvent(outside.person))?.details, { task: 'issue-authenticator', why: 'outside' })
    const nobody = { person: { ...outside.person, staffId: '999999999999' }, id: outside.id }
    for (const deed of deeds) assert.equal(refusal(await ask(deed, nobody)), '404 not_found', deed)
  })

  it('line 42: is not changed by the agent whose own it is', async () => {
    const [own] = await sql<{ id: string }>(
      service,
      'select id from authenticator where person_id = $1',
      agent.person.id,
    )
    const mine = { person: agent.person, id: own?.id ?? '' }
    for (const deed of deeds) assert.equal(refusal(await ask(deed, mine)), '403 not_allowed', deed)
    assert.deepEqual((await lastEvent(agent.person))?.details, { task: 'issue-authenticator', why: 'self' })
  })

  it('line 42: is not changed by whoever may do less than its holder', async () => {
    const one = await someone(place.hospital)
    await put(one.person.id, place.hospital, 'manager')
    for (const deed of deeds) {
      const page = await ask(deed, one)
      assert.equal(refusal(page), '403 not_allowed', deed)
      assert.deepEqual(page.json<Failure>().reasons, ['They may do things that you may not do yourself.'])
    }
    assert.equal(await statusOf(one.id), 'active')
  })

  for (const [what, ending, expected] of [
    ['session ends', 'update session set ended_at = now() where person_id = $1', '401 not_signed_in'],
    ['duty ends', 'update assignment set ended_at = now() where person_id = $1', '403 not_allowed'],
  ] as const)
    it(`line 42: is not changed when the agent’s ${what} after the guard has let the request in`, async () => {
      const { person: late, browser } = await withDuty('agent', place.hospital)
      const one = await someone()
      const [page] = await queueFor(service, late.id, [() => ask('suspend', one, browser)], ending)
      assert.equal(page && refusal(page), expected)
      assert.equal(await statusOf(one.id), 'active')
    })

  it('line 23: is changed by nobody who has another duty or none', async () => {
    const { browser } = await withDuty('id-checker', place.hospital)
    const one = await someone()
    for (const by of [browser, one.browser])
      for (const deed of deeds) assert.equal(refusal(await ask(deed, one, by)), '403 not_allowed', deed)
    assert.equal(refusal(await browser.get('/api/desk/authenticators/paused')), '403 not_allowed')
  })

  it('takes no reason that is not one of its own, no note without words, and no moment in another form', async () => {
    const one = await someone()
    for (const body of [{}, { because: 'model' }, { because: 'copied' }, { because: 'desk', note: ' ' }])
      assert.equal(refusal(await ask('suspend', one, agent.browser, body)), '400 invalid_request')
    for (const body of [{}, { because: 'removed' }, { because: 'left', note: 'a\r\nb' }])
      assert.equal(refusal(await ask('revoke', one, agent.browser, body)), '400 invalid_request')
    const none = ['tomorrow', 0, '2098-12-31T23:59:60Z', '9999-12-31T23:59:59-23:59', '2098-12-31 23:59:59Z']
    for (const body of [{}, ...none.map((expiresAt) => ({ expiresAt }))])
      assert.equal(refusal(await ask('expiry', one, agent.browser, body)), '400 invalid_request')
    assert.equal(await statusOf(one.id), 'active')
  })

  describe('what is paused', () => {
    const list = async (query = '', by = agent.browser) => {
      const page = await by.get(`/api/desk/authenticators/paused${query}`)
      assert.equal(page.status, 200, page.body)
      return page.json<PausedAuthenticators>()
    }

    it('is listed with its person, the longest paused first, within reach and by reason', async () => {
      const manager = await withDuty('manager', place.home)
      const [first, second] = [await someone(place.home), await someone(place.home)]
      assert.deepEqual(await list('', manager.browser), { paused: [], next: null })
      await done('suspend', second, manager.browser)
      const since = clock.now().toISOString()
      clock.advance({ seconds: 1 })
      await done('suspend', first, manager.browser, { because: 'lost' })
      const { paused, next } = await list('', manager.browser)
      assert.deepEqual(paused[0], {
        id: second.id,
        staffId: second.person.staffId,
        person: 'Wren Elsewhere',
        name: 'Passkey',
        kind: 'passkey',
        model: null,
        because: 'stolen',
        since,
        note: 'Left on a bus',
      })
      assert.deepEqual([paused.map(({ id }) => id), next], [[second.id, first.id], null])
      assert.deepEqual(
        (await list('?because=lost', manager.browser)).paused.map(({ id }) => id),
        [first.id],
      )
      const ours = (await list()).paused.map(({ id }) => id)
      assert.ok(!ours.includes(first.id) && !ours.includes(second.id))
    })

    it('comes in pages that miss nothing and repeat nothing', async () => {
      const manager = await withDuty('manager', place.home)
      const person = await add(place.home)
      const { enrolled } = await enrol(service, person.id)
      // What the database works out by itself cannot be copied.
      const [copied] = await sql<{ columns: string }>(
        service,
        `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
         where table_name = 'authenticator' and is_generated = 'NEVER'`,
      )
      await sql(
        service,
        `insert into authenticator (${copied?.columns}) select ${copied?.columns} from (select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(),
           'credential_id', '\\x' || encode(sha256(n::text::bytea), 'hex'), 'status', 'suspended', 'status_reason', 'model',
           'status_at', $2::timestamptz - (n / 3) * interval '1 second'))).*
         from authenticator a, generate_series(1, 120) n where a.id = $1) copies`,
        enrolled.id,
        clock.now(),
      )
      const seen: string[] = []
      let query = '?because=model'
      for (let pages = 1; ; pages += 1) {
        const { paused, next } = await list(query, manager.browser)
        seen.push(...paused.map(({ id }) => id))
        if (next === null) {
          assert.equal(pages, 3)
          break
        }
        query = `?because=model&after=${next}`
      }
      assert.equal(seen.length, 120)
      assert.equal(new Set(seen).size, 120)
    })

    it('line 40: takes nothing for a page that is not in its form', async () => {
      for (const query of [
        '?after=1',
        "?after=1.';drop",
        '?because=removed',
        '?because=%27',
        '?sort=since',
        '?after=9e9.x',
      ])
        assert.equal(refusal(await agent.browser.get(`/api/desk/authenticators/paused${query}`)), '400 invalid_request')
      assert.equal((await list(`?after=999999999999999.${randomUUID()}`)).paused.length, 0)
    })
  })
})
