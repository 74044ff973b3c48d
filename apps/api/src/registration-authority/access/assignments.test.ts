import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Assigned, DeskAssignments } from '@fobwatch/contracts'
import type { Person } from '#people'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, addPositionAt, ask, clerk, lastEventBy, nurse, withDuty } from './access.testing.ts'

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

describe('positions that people are given', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let agent: Agent
  let sponsor: Agent
  let elsewhere: Agent
  let person: Person

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await withDuty(service, 'manager', place.hospital)
    agent = await withDuty(service, 'agent', place.hospital)
    sponsor = await withDuty(service, 'sponsor', place.hospital)
    elsewhere = await withDuty(service, 'manager', place.home)
    person = await addAt(service, place.hospital)
  })
  after(() => service.close())

  const of = ({ staffId }: Person) => `/api/desk/people/${staffId}/assignments`
  const give = (by: Agent, to: Person, body: object) => ask<Assigned>(service, by, 'POST', of(to), body)
  const given = async (by: Agent, to: Person, body: object) => {
    const answer = await give(by, to, body)
    assert.equal(answer.status, 200, answer.refused)
    return answer.body.id
  }
  const change = (by: Agent, to: Person, id: string, body: object) => ask(service, by, 'PATCH', `${of(to)}/${id}`, body)
  const end = (by: Agent, to: Person, id: string) => ask(service, by, 'POST', `${of(to)}/${id}/end`, {})
  const list = async (by: Agent, of_: Person) =>
    (await ask<DeskAssignments>(service, by, 'GET', of(of_))).body.assignments
  const position = (what: Parameters<typeof addPositionAt>[2] = { roleCode: nurse }, at = place.hospital) =>
    addPositionAt(service, at, what)

  it('are given from a day to a day, listed with who gave them, changed, and ended', async () => {
    const someone = await addAt(service, place.clinic)
    const [startsAt, expiresAt] = [inDays(1), inDays(8)]
    const id = await given(agent, someone, {
      position: await position({ name: 'Locum', roleCode: nurse }),
      startsAt,
      expiresAt,
    })
    const [held] = await list(agent, someone)
    assert.deepEqual(
      { ...held, position: held?.position.name },
      {
        ...{ id, position: 'Locum', organisation: { code: 'ZZX01', name: 'Hospital' }, duty: null },
        ...{ role: { code: nurse, name: 'Nurse Access Role' }, state: 'planned', startsAt, expiresAt, endedAt: null },
        ...{ lastUsedAt: null, assignedBy: 'Duty agent', mayChange: 'yes' },
      },
    )
    assert.deepEqual(await service.rooms.access.rolesOf(someone.id), [])
    const event = await sql<{ type: string; details: object }>(
      service,
      "select type, details from audit_event where person = $1 and type = 'position-assigned'",
      someone.id,
    )
    assert.equal(event.length, 1)

    assert.equal((await change(agent, someone, id, { startsAt: inDays(-1), expiresAt: null })).status, 204)
    const [now] = await list(agent, someone)
    assert.deepEqual([now?.state, now?.expiresAt], ['now', null])
    assert.equal((await service.rooms.access.rolesOf(someone.id)).length, 1)

    assert.equal((await end(agent, someone, id)).status, 204)
    const [over] = await list(agent, someone)
    assert.deepEqual([over?.state, over?.mayChange], ['over', 'no'])
    assert.equal((await end(agent, someone, id)).refused, '409 assignment_not_so')
    assert.deepEqual((await lastEventBy(service, agent))?.details, {
      task: 'assign-position',
      why: 'assignment_not_so',
    })
  })

  it('line 42: are never given to oneself, nor changed or ended for oneself', async () => {
    const own = await putAt(service, manager.person.id, place.hospital, { roleCode: clerk })
    const wanted = await position()
    assert.equal((await give(manager, manager.person, { position: wanted })).refused, '403 not_allowed')
    assert.equal((await change(manager, manager.person, own, { expiresAt: null })).refused, '403 not_allowed')
    assert.equal((await end(manager, manager.person, own)).refused, '403 not_allowed')
    assert.deepEqual((await lastEventBy(service, manager))?.details, { task: 'assign-position', why: 'self' })
  })

  it('line 42: are not given, changed or ended outside the organisations of the duty', async () => {
    const theirs = await addAt(service, place.home)
    const held = await putAt(service, theirs.id, place.home, { roleCode: nurse })
    const there = await position({ roleCode: nurse }, place.home)
    const here = await position()
    assert.equal((await give(manager, theirs, { position: here })).refused, '404 not_found')
    assert.equal((await list(manager, theirs)) as unknown, undefined)
    assert.equal((await give(manager, person, { position: there })).refused, '400 position_unknown')
    assert.equal((await end(manager, theirs, held)).refused, '404 not_found')
    assert.equal((await change(elsewhere, person, held, { expiresAt: null })).refused, '404 not_found')
    // Somebody of both places, whose position is at the other one.
    await service.store.inTransaction((tx) => service.rooms.access.affiliate(tx, theirs.id, place.clinic))
    assert.equal((await end(manager, theirs, held)).refused, '404 not_found')
    assert.equal((await list(manager, theirs))[0]?.mayChange, 'no')
  })

  it('line 42: with a duty take somebody who gives duties and holds all of it, and then two people', async () => {
    const agents = await position({ dutyCode: 'agent' })
    const managers = await position({ dutyCode: 'manager' })
    const advanced = await withDuty(service, 'advanced-agent', place.hospital)
    const someone = await addAt(service, place.hospital)
    assert.equal((await give(agent, someone, { position: agents })).refused, '403 not_allowed')
    assert.equal((await give(sponsor, someone, { position: agents })).refused, '403 not_allowed')
    assert.equal((await give(advanced, someone, { position: managers })).refused, '403 not_allowed')
    assert.equal((await give(advanced, someone, { position: agents })).refused, '409 second_person_needed')
    assert.equal((await give(manager, someone, { position: managers })).refused, '409 second_person_needed')
    assert.deepEqual(await service.rooms.access.dutiesOf(someone.id), [])
  })

  it('line 42: with a duty are not ended by who could not give it, and are ended by one person who could', async () => {
    const someone = await addAt(service, place.hospital)
    const id = await putAt(service, someone.id, place.hospital, { dutyCode: 'manager' })
    assert.equal((await end(agent, someone, id)).refused, '403 not_allowed')
    assert.equal((await change(manager, someone, id, { expiresAt: inDays(9) })).status, 204, 'it gives nothing')
    assert.equal((await change(manager, someone, id, { expiresAt: inDays(10) })).refused, '409 second_person_needed')
    assert.equal((await end(manager, someone, id)).status, 204)
    assert.deepEqual(await service.rooms.access.dutiesOf(someone.id), [])
  })

  it('are given by sponsors where they are opened to them, and else by request', async () => {
    const someone = await addAt(service, place.clinic)
    const opened = await position({ roleCode: nurse, openedToSponsors: true })
    const closed = await position()
    const id = await given(sponsor, someone, { position: opened })
    assert.equal((await give(sponsor, someone, { position: closed })).refused, '409 second_person_needed')
    const other = await given(agent, someone, { position: closed })
    assert.deepEqual(
      (await list(sponsor, someone))
        .map(({ id, mayChange }) => ({ id, mayChange }))
        .toSorted((a, b) => a.id.localeCompare(b.id)),
      [
        { id, mayChange: 'yes' },
        { id: other, mayChange: 'by-request' },
      ].toSorted((a, b) => a.id.localeCompare(b.id)),
    )
    assert.equal((await end(sponsor, someone, other)).refused, '409 second_person_needed')
    assert.equal((await end(sponsor, someone, id)).status, 204)
  })

  for (const duty of ['id-checker', 'local-administrator', 'service-operator'])
    it(`line 42: are not given by the ${duty}`, async () => {
      const small = await withDuty(service, duty, place.hospital)
      assert.equal((await give(small, person, { position: await position() })).refused, '403 not_allowed')
      assert.equal((await end(small, person, '100000000000')).refused, '403 not_allowed')
    })

  it('take no dates that make no sense, and no position twice at once', async () => {
    const someone = await addAt(service, place.hospital)
    const wanted = await position()
    const day = inDays(5)
    const dates = [
      { expiresAt: inDays(-1) },
      { startsAt: inDays(5), expiresAt: inDays(4) },
      { startsAt: day, expiresAt: day },
    ]
    for (const each of dates) {
      const { refused } = await give(manager, someone, { position: wanted, ...each })
      assert.match(refused ?? '', /^400 assignment_dates$/)
    }
    await given(manager, someone, { position: wanted })
    assert.equal((await give(manager, someone, { position: wanted })).refused, '409 assignment_not_so')
  })

  it('line 40: are asked for in one form only', async () => {
    const wanted = await position()
    const bodies = [
      {},
      { position: "' or 1=1 --" },
      { position: [wanted] },
      { position: { $ne: null } },
      { position: wanted, startsAt: 'tomorrow' },
      { position: wanted, expiresAt: '99999-01-01T00:00:00Z' },
      { position: wanted, assignedBy: manager.person.id },
      { position: '00000000-0000-4000-8000-000000000000' },
    ]
    for (const body of bodies) {
      const { refused } = await give(manager, person, body)
      assert.match(refused ?? '', /^400 (invalid_request|position_unknown)$/, JSON.stringify(body))
    }
    assert.match((await end(manager, person, "1' or '1'='1")).refused ?? '', /^40[04]/)
  })

  it('are of no effect to people who were not given them: a person who is closed is given none', async () => {
    const gone = await addAt(service, place.hospital)
    await sql(service, "update person set status = 'closed' where id = $1", gone.id)
    assert.equal((await give(manager, gone, { position: await position() })).refused, '403 not_allowed')
  })

  it('are given by nobody whose own duty ended meanwhile', async () => {
    const leaving = await withDuty(service, 'agent', place.hospital)
    await sql(service, 'update assignment set ended_at = now() where person_id = $1', leaving.person.id)
    assert.equal((await give(leaving, person, { position: await position() })).refused, '403 not_allowed')
  })
})
