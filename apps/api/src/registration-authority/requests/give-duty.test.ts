import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { IssuedInvitation, RaisedRequest } from '@fobwatch/contracts'
import { newId } from '#kernel'
import type { Person } from '#people'
import { startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places } from '../desk.testing.ts'
import { type Agent, addAgent, requestsAs, saying } from './requests.testing.ts'

describe('a duty that is asked for', () => {
  let service: TestService
  let place: Places
  let manager: Agent
  let second: Agent
  let agent: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    manager = await addAgent(service, 'manager', place.hospital)
    second = await addAgent(service, 'advanced-agent', place.hospital)
    agent = await addAgent(service, 'agent', place.hospital)
  })
  after(() => service.close())

  const somebody = () => addAt(service, place.hospital)
  const positionOf = (dutyCode: string, organisationId = place.hospital) =>
    service.store.inTransaction((tx) =>
      service.rooms.access.addPosition(tx, { organisationId, name: `${dutyCode} ${newId()}`, dutyCode }),
    )
  const raise = async (by: Agent, person: Person, position: string) =>
    requestsAs(by).raise({ kind: 'give-duty', staffId: person.staffId, asked: { position } })
  const dutiesOf = async ({ id }: Person) => (await service.rooms.access.dutiesOf(id)).map(({ duty }) => duty.code)

  it('is given by its approval, and by nothing before', async () => {
    const person = await somebody()
    const { id } = (await raise(manager, person, await positionOf('agent'))).json<RaisedRequest>()
    assert.deepEqual(await dutiesOf(person), [])
    assert.equal(saying(await requestsAs(second).hold(id)), '200')
    assert.deepEqual((await requestsAs(second).approve(id)).json(), { state: 'done' })
    assert.deepEqual(await dutiesOf(person), ['agent'])
  })

  it('line 42: is asked for by nobody for themselves, or who may not give duties', async () => {
    const position = await positionOf('agent')
    assert.equal(saying(await raise(manager, manager.person, position)), '403 not_allowed')
    assert.equal(saying(await raise(agent, await somebody(), position)), '404 not_found')
    assert.equal(saying(await raise(agent, agent.person, await positionOf('manager'))), '403 not_allowed')
  })

  it('line 42: is neither asked for nor approved by whoever does not have all of it', async () => {
    const managers = await positionOf('manager')
    assert.equal(saying(await raise(second, await somebody(), managers)), '403 not_allowed')
    const { id } = (await raise(manager, await somebody(), managers)).json<RaisedRequest>()
    for (const by of [second, agent])
      for (const deed of ['hold', 'approve'] as const)
        assert.equal(saying(await requestsAs(by)[deed](id)), '403 not_allowed')
  })

  it('line 42: is not asked for elsewhere, nor under another name', async () => {
    const person = await somebody()
    assert.equal(saying(await raise(manager, person, await positionOf('agent', place.home))), '404 not_found')
    const asked = { position: await positionOf('agent') }
    const disguised = { kind: 'assign-position', staffId: person.staffId, asked }
    assert.equal(saying(await requestsAs(manager).raise(disguised)), '400 invalid_request')
  })

  it('line 42: ends the links of before, by which somebody with less could become whoever has it', async () => {
    const person = await somebody()
    const url = `/api/desk/people/${person.staffId}/invitations`
    const link = (await agent.browser.postJson(url, { how: 'link' })).json<IssuedInvitation>()
    const { id } = (await raise(manager, person, await positionOf('manager'))).json<RaisedRequest>()
    const other = await addAgent(service, 'manager', place.hospital)
    await requestsAs(other).hold(id)
    assert.equal(saying(await requestsAs(other).approve(id)), '200')
    const code = link.url?.split('#')[1] ?? ''
    const opened = await service.browser().postJson('/api/enrolment/options', { code })
    assert.equal(saying(opened), '410 invitation_replaced')
    assert.equal(saying(await agent.browser.postJson(url, { how: 'link' })), '403 not_allowed')
  })
})
