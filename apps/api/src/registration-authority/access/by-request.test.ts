import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { RaisedRequest } from '@fobwatch/contracts'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, addAgent, requestsAs, saying } from '../requests/requests.testing.ts'
import { addPositionAt, ask, nurse } from './access.testing.ts'

describe('positions that one asks for and another agrees to', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let second: Agent
  let agent: Agent
  let sponsor: Agent

  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await addAgent(service, 'manager', place.hospital)
    second = await addAgent(service, 'manager', place.hospital)
    agent = await addAgent(service, 'agent', place.hospital)
    sponsor = await addAgent(service, 'sponsor', place.hospital)
  })
  after(() => service.close())

  const raise = async (by: Agent, kind: string, staffId: string, asked: object) => {
    const page = await requestsAs(by).raise({ kind, staffId, asked })
    return { said: saying(page), id: page.json<RaisedRequest>().id }
  }
  const approve = async (by: Agent, id: string) => {
    const held = saying(await requestsAs(by).hold(id))
    return held === '200' ? saying(await requestsAs(by).approve(id)) : held
  }
  const dutiesOf = async (id: string) => (await service.rooms.access.dutiesOf(id)).map(({ duty }) => duty.code)
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

  it('line 42: a duty is given by two who may give it, and by no one of them twice', async () => {
    const person = await addAt(service, place.clinic)
    const position = await addPositionAt(service, place.clinic, { dutyCode: 'manager' })
    const { said, id } = await raise(manager, 'give-duty', person.staffId, { position })
    assert.equal(said, '200')
    assert.match(await approve(manager, id), /^403/)
    assert.match(await approve(agent, id), /^40[34]/)
    assert.deepEqual(await dutiesOf(person.id), [])
    assert.equal(await approve(second, id), '200')
    assert.deepEqual(await dutiesOf(person.id), ['manager'])
    const [held] = await service.rooms.access.assignmentsOf(person.id)
    assert.equal(held?.assignedBy, manager.person.id)
  })

  it('line 42: a duty is asked for by nobody who does not hold all of it, nor by those who get it', async () => {
    const person = await addAt(service, place.clinic)
    const position = await addPositionAt(service, place.hospital, { dutyCode: 'manager' })
    const advanced = await addAgent(service, 'advanced-agent', place.hospital)
    for (const by of [advanced, agent, sponsor])
      assert.match((await raise(by, 'give-duty', person.staffId, { position })).said, /^40[34]/)
    assert.match((await raise(manager, 'give-duty', manager.person.staffId, { position })).said, /^403/)
    assert.match((await raise(manager, 'assign-position', person.staffId, { position })).said, /^400/)
  })

  it('a sponsor asks for a position, for other dates, and for its end, and an agent agrees', async () => {
    const person = await addAt(service, place.clinic)
    const position = await addPositionAt(service, place.clinic, { roleCode: nurse })
    const first = await raise(sponsor, 'assign-position', person.staffId, { position, expiresAt: inDays(7) })
    assert.equal(first.said, '200')
    assert.match(await approve(sponsor, first.id), /^403/)
    assert.equal(await approve(agent, first.id), '200')
    const held = async () => (await service.rooms.access.assignmentsOf(person.id))[0]
    const assignment = (await held())?.id ?? ''
    assert.equal((await held())?.state, 'now')

    const longer = await raise(sponsor, 'change-assignment', person.staffId, { assignment, expiresAt: inDays(14) })
    assert.equal(await approve(agent, longer.id), '200')
    assert.ok(((await held())?.expiresAt?.getTime() ?? 0) > Date.now() + 13 * 86_400_000)

    const end = await raise(sponsor, 'end-assignment', person.staffId, { assignment })
    assert.equal(await approve(agent, end.id), '200')
    assert.equal((await held())?.state, 'over')
  })

  it('line 42: a position or a duty is asked for nobody outside, whom it would bring within reach', async () => {
    const outside = await addAt(service, place.home)
    const position = await addPositionAt(service, place.hospital, { roleCode: nurse })
    const duty = await addPositionAt(service, place.hospital, { dutyCode: 'agent' })
    for (const staffId of [outside.staffId, '123456789012']) {
      for (const by of [sponsor, agent])
        assert.equal((await raise(by, 'assign-position', staffId, { position })).said, '404 not_found')
      assert.equal((await raise(manager, 'give-duty', staffId, { position: duty })).said, '404 not_found')
    }
    assert.equal((await ask(service, agent, 'GET', `/api/desk/people/${outside.staffId}`)).refused, '404 not_found')
  })

  it('line 42: nobody agrees to what is about a second profile of theirs', async () => {
    const email = 'twice@fernbrook.example'
    const twice = await addAgent(service, 'manager', place.hospital, { email })
    const person = await addAt(service, place.clinic, { email: 'Twice@fernbrook.example' })
    const position = await addPositionAt(service, place.clinic, { dutyCode: 'agent' })
    const { id } = await raise(manager, 'give-duty', person.staffId, { position })
    assert.equal(await approve(twice, id), '403 not_allowed')
    assert.equal((await requestsAs(twice).show(id)).status, 404)
    assert.ok(!(await requestsAs(twice).list()).rows.some((row) => row.id === id))
    assert.equal(await approve(second, id), '200')
  })

  it('line 42: what was asked about somebody who went elsewhere meanwhile is not done', async () => {
    const person = await addAt(service, place.clinic)
    const position = await addPositionAt(service, place.hospital, { roleCode: nurse })
    const { id } = await raise(sponsor, 'assign-position', person.staffId, { position })
    await sql(service, 'update affiliation set organisation_id = $2 where person_id = $1', person.id, place.home)
    assert.equal(await approve(agent, id), '409 request_not_open')
    assert.deepEqual(await service.rooms.access.assignmentsOf(person.id), [])
  })

  it('line 42: a duty lasts longer only with a second person', async () => {
    const person = await addAt(service, place.clinic)
    const assignment = await putAt(service, person.id, place.clinic, { dutyCode: 'agent' })
    const url = `/api/desk/people/${person.staffId}/assignments/${assignment}`
    assert.equal((await ask(service, manager, 'PATCH', url, { expiresAt: inDays(1) })).status, 204)
    const more = await ask(service, manager, 'PATCH', url, { expiresAt: null })
    assert.equal(more.refused, '409 second_person_needed')
    const { said, id } = await raise(manager, 'change-assignment', person.staffId, { assignment, expiresAt: null })
    assert.equal(said, '200')
    assert.equal(await approve(second, id), '200')
    assert.equal((await service.rooms.access.assignmentsOf(person.id))[0]?.expiresAt, null)
  })
})
