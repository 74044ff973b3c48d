import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places } from '../desk.testing.ts'
import { type Agent, addAgent, requestsAs, saying } from '../requests/requests.testing.ts'
import { evidenceFor } from './people.testing.ts'

describe('what is done to people by request', () => {
  let service: TestService
  let place: Places
  let sponsor: Agent
  let agent: Agent
  let second: Agent
  before(async () => {
    service = await startService()
    place = await addPlaces(service)
    sponsor = await addAgent(service, 'sponsor', place.hospital)
    agent = await addAgent(service, 'agent', place.hospital, { identityLevel: 3 })
    second = await addAgent(service, 'agent', place.hospital, { identityLevel: 3, givenName: 'Second' })
  })
  after(() => service.close())

  /** Asks, and has it approved by somebody else. */
  const approved = async (by: Agent, decider: Agent, body: object) => {
    const raised = await requestsAs(by).raise(body)
    if (raised.status !== 200) return saying(raised)
    const { id } = raised.json<{ id: string }>()
    assert.equal(saying(await requestsAs(decider).hold(id)), '200')
    return saying(await requestsAs(decider).approve(id))
  }
  const find = (id: string) => service.rooms.people.findPerson(id)

  it('changes details, closes and brings back as a sponsor asks and an agent approves', async () => {
    const { id, staffId } = await addAt(service, place.clinic)
    const ask = (kind: string, asked: object) => approved(sponsor, agent, { kind, staffId, asked })
    assert.equal(await ask('change-details', { version: 1, familyName: 'Asked' }), '200')
    assert.equal((await find(id))?.familyName, 'Asked')
    assert.equal(await ask('change-details', { version: 1, familyName: 'Stale' }), '409 person_changed')
    assert.equal(await ask('close-person', { because: 'left' }), '200')
    assert.deepEqual([(await find(id))?.status, (await find(id))?.statusBy], ['closed', agent.person.id])
    assert.equal(await ask('reopen-person', { note: 'Came back' }), '200')
    assert.equal((await find(id))?.status, 'active')
  })

  it('line 42: does none of it by a sponsor alone, and nothing that is not in the form', async () => {
    const { staffId, id } = await addAt(service, place.clinic)
    const { raise } = requestsAs(sponsor)
    for (const [kind, asked] of [
      ['change-details', {}],
      ['change-details', { version: 1, staffId: '111111111111' }],
      ['close-person', { because: 'fired' }],
      ['reopen-person', {}],
      ['raise-identity-level', { level: 3 }],
    ] as const)
      assert.equal(saying(await raise({ kind, staffId, asked })), '400 invalid_request', kind)
    const self = await raise({ kind: 'close-person', staffId: sponsor.person.staffId, asked: { because: 'left' } })
    assert.equal(saying(self), '403 not_allowed')
    const outside = await addAt(service, place.home)
    const far = await raise({ kind: 'close-person', staffId: outside.staffId, asked: { because: 'left' } })
    assert.equal(saying(far), '404 not_found')
    assert.equal((await find(id))?.status, 'active')
  })

  it('raises an identity level by two people, and keeps no number of a document meanwhile', async () => {
    const { id, staffId } = await addAt(service, place.clinic, { identityLevel: 1 })
    const evidence = evidenceFor(3).map((each) => ({ ...each, number: 'TESTSECRET77' }))
    const asked = { level: 3, how: 'video', evidence }
    const short = { ...asked, evidence: evidence.slice(1) }
    const tooLittle = await requestsAs(agent).raise({ kind: 'raise-identity-level', staffId, asked: short })
    assert.equal(saying(tooLittle), '400 evidence_too_little')

    assert.equal(await approved(agent, second, { kind: 'raise-identity-level', staffId, asked }), '200')
    const person = await find(id)
    assert.deepEqual([person?.identityLevel, person?.identityProvedBy], [3, agent.person.id])
    assert.deepEqual(
      (await service.rooms.people.evidenceOf(id)).map(({ numberEnd }) => numberEnd),
      ['T77', 'T77', 'T77'],
    )
    const rows = await sql<{ all: string }>(service, 'select r::text as all from request r')
    assert.doesNotMatch(JSON.stringify(rows), /SECRET/)
  })

  it('line 42: raises nobody’s level above that of either of the two', async () => {
    const low = await addAgent(service, 'agent', place.hospital, { identityLevel: 2, givenName: 'Low' })
    const { staffId, id } = await addAt(service, place.clinic, { identityLevel: 1 })
    const body = { kind: 'raise-identity-level', staffId, asked: { level: 3, how: 'video', evidence: evidenceFor(3) } }
    assert.equal(saying(await requestsAs(low).raise(body)), '403 not_allowed')
    const raised = await requestsAs(agent).raise(body)
    const request = raised.json<{ id: string }>().id
    const held = saying(await requestsAs(low).hold(request))
    const answer = held === '200' ? saying(await requestsAs(low).approve(request)) : held
    assert.match(answer, /^40[34] /)
    assert.equal((await find(id))?.identityLevel, 1)
  })
})
