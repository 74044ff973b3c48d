import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { IssuedInvitation } from '@fobwatch/contracts'
import { startService, type TestService } from '../../service.testing.ts'
import { addAt, addPlaces, type Places, putAt } from '../desk.testing.ts'
import { type Agent, evidenceFor, profileOf, saying, send, withDuty } from './people.testing.ts'

describe('changing who somebody is known to be', () => {
  let service: TestService
  let place: Places
  let agent: Agent
  before(async () => {
    service = await startService({ environment: { FOBWATCH_TWO_PEOPLE: 'give-duty' } })
    place = await addPlaces(service)
    agent = await withDuty(service, 'agent', place.hospital, { identityLevel: 3 })
  })
  after(() => service.close())

  const patch = (staffId: string, body: object, by = agent) =>
    send(service, by, 'PATCH', `/api/desk/people/${staffId}`, body)
  const profession = (method: 'PUT' | 'DELETE', staffId: string, body: string, number?: string, by = agent) =>
    send(service, by, method, `/api/desk/people/${staffId}/professions/${body}`, ...(number ? [{ number }] : []))
  const raise = async (staffId: string, body: object, by = agent) =>
    saying(await by.browser.postJson(`/api/desk/people/${staffId}/identity`, body))
  const someone = (whole = {}) => addAt(service, place.clinic, { identityLevel: 1, ...whole })
  const proof = (level: number, mark = String(Math.random())) => ({
    ...{ level, how: 'in-person' },
    evidence: evidenceFor(level).map((each) => ({ ...each, number: `T${mark.slice(2, 12)}` })),
  })

  it('changes what is named, and leaves the rest', async () => {
    const { staffId } = await someone({ email: 'before@fernbrook.example', title: 'Ms' })
    assert.equal(await patch(staffId, { version: 1, familyName: 'Newname', title: null, phone: '01134960000' }), '200')
    const { version, title, givenName, familyName, email, phone } = await profileOf(agent, staffId)
    assert.deepEqual(
      [version, title, givenName, familyName, email, phone],
      [2, null, 'Wren', 'Newname', 'before@fernbrook.example', '01134960000'],
    )
  })

  it('line 42: parts no profile from the second one of whoever changes it', async () => {
    const email = 'twice@fernbrook.example'
    const twice = await withDuty(service, 'agent', place.hospital, { email, identityLevel: 3 })
    const { staffId } = await someone({ email: email.toUpperCase() })
    const elsewhere = { version: 1, email: 'once@fernbrook.example' }
    assert.equal(await patch(staffId, elsewhere, twice), '403 not_allowed')
    assert.equal(await patch(staffId, { version: 1, phone: '01134960000' }, twice), '200')
    assert.equal(await patch(staffId, { ...elsewhere, version: 2 }), '200')
    assert.equal(await profession('PUT', staffId, 'nmc', '12A3456E'), '204')
    assert.equal(await profession('PUT', twice.person.staffId, 'nmc', '12A3456E'), '204')
    assert.equal(await profession('PUT', staffId, 'nmc', '98B7654O', twice), '403 not_allowed')
    assert.equal(await profession('DELETE', staffId, 'nmc', undefined, twice), '403 not_allowed')
  })

  it('line 42: a level that takes two ends the links that one alone has made', async () => {
    const { staffId } = await someone()
    const url = `/api/desk/people/${staffId}/invitations`
    const link = (await agent.browser.postJson(url, { how: 'link' })).json<IssuedInvitation>()
    const [, code = ''] = link.url?.split('#') ?? []
    const look = async () => saying(await agent.browser.postJson('/api/enrolment/invitation', { code }))
    assert.equal(await raise(staffId, proof(2)), '204')
    assert.equal(await look(), '200')
    assert.equal(await raise(staffId, proof(3)), '204')
    assert.equal(await look(), '410 invitation_replaced')
  })

  it('refuses a change of what somebody else changed meanwhile, and takes one of several at once', async () => {
    const { staffId } = await someone()
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((title) => patch(staffId, { version: 1, title })))
    assert.deepEqual(answers.toSorted(), ['200', ...Array(3).fill('409 person_changed')])
    assert.equal(await patch(staffId, { version: 1, title: 'E' }), '409 person_changed')
  })

  it('refuses what is not in the form, and what is not for the desk to change', async () => {
    const { staffId } = await someone()
    for (const bad of [
      {},
      { title: 'Ms' },
      { version: 0 },
      { version: '1', title: 'Ms' },
      { version: 1, givenName: null },
      { version: 1, givenName: '' },
      { version: 1, familyName: 'A\u202eB' },
      { version: 1, email: 'x' },
      { version: 1, birthDate: '2999-01-01' },
      { version: 1, identityLevel: 3 },
      { version: 1, status: 'closed' },
      { version: 1, staffId: '111111111111' },
      { version: 1, externalId: 'HR-1' },
    ])
      assert.equal(await patch(staffId, bad), '400 invalid_request', JSON.stringify(bad))
    assert.equal((await profileOf(agent, staffId)).version, 1)
  })

  it('keeps, changes and removes a number at a body of a profession', async () => {
    const { staffId, id } = await someone()
    assert.equal(await profession('PUT', staffId, 'nmc', 'TEST1'), '204')
    assert.equal(await profession('PUT', staffId, 'nmc', 'TEST2'), '204')
    assert.deepEqual((await profileOf(agent, staffId)).professions, [{ body: 'nmc', number: 'TEST2' }])
    assert.equal(await profession('DELETE', staffId, 'nmc'), '204')
    assert.equal(await profession('DELETE', staffId, 'nmc'), '404 not_found')
    assert.equal(await profession('PUT', staffId, 'guild', 'TEST1'), '400 invalid_request')
    assert.equal(await profession('PUT', staffId, 'nmc', 'A B'), '400 invalid_request')
    const events = await service.rooms.audit.eventsOf(id)
    const last = events.findLast(({ type }) => type === 'professional-membership-removed')
    assert.deepEqual(
      [last?.actor, last?.details, last?.personal],
      [agent.person.id, { body: 'nmc' }, { number: 'TEST2' }],
    )
  })

  it('raises an identity level by enough documents, once, and to no more than the agent’s own', async () => {
    const { staffId } = await someone()
    assert.equal(await raise(staffId, { ...proof(3), evidence: proof(2).evidence }), '400 evidence_too_little')
    assert.equal(await raise(staffId, proof(3)), '204')
    assert.equal(await raise(staffId, proof(3)), '409 person_not_so')
    assert.equal(await raise(staffId, proof(2)), '409 person_not_so')
    const { level, how, provedBy } = (await profileOf(agent, staffId)).identity
    assert.deepEqual([level, how, provedBy], [3, 'in-person', 'Duty agent'])

    const low = await withDuty(service, 'id-checker', place.hospital, { identityLevel: 2 })
    assert.equal(await raise((await someone()).staffId, proof(3), low), '403 level_too_high')
    assert.equal(await raise((await someone()).staffId, proof(2), low), '204')
    for (const bad of [{ level: 0 }, { how: 'link' }, { evidence: 'passport' }, { request: 'x' }])
      assert.equal(await raise(staffId, { ...proof(2), ...bad }), '400 invalid_request')
  })

  it('takes two people to raise a level, unless the setting says otherwise', async () => {
    const strict = await startService()
    const there = await addPlaces(strict)
    const by = await withDuty(strict, 'agent', there.hospital, { identityLevel: 3 })
    const { staffId } = await addAt(strict, there.hospital, { identityLevel: 1 })
    assert.equal(await raise(staffId, proof(3), by), '409 second_person_needed')
    assert.equal((await profileOf(by, staffId)).identity.level, 1)
    await strict.close()
  })

  it('shows the documents, the birth date and what was written to those who may change something of it, and no more', async () => {
    const { staffId } = await someone({ birthDate: '1990-02-28' })
    await raise(staffId, proof(2))
    const looking = async (duty: string) => {
      const { birthDate, identity, may } = await profileOf(await withDuty(service, duty, place.hospital), staffId)
      return [birthDate !== null, identity.evidence.length > 0, may]
    }
    const all = { change: 'yes', prove: 'yes', close: 'yes' }
    assert.deepEqual(await looking('manager'), [true, true, { ...all, erase: 'yes' }])
    assert.deepEqual(await looking('agent'), [true, true, { ...all, erase: 'no' }])
    const byRequest = { change: 'by-request', prove: 'no', close: 'by-request', erase: 'no' }
    assert.deepEqual(await looking('sponsor'), [false, false, byRequest])
    assert.deepEqual(await looking('local-administrator'), [
      false,
      false,
      { change: 'no', prove: 'no', close: 'no', erase: 'no' },
    ])
  })

  describe('line 42: an agent who goes too far', () => {
    /** Each deed of this page, done to somebody. */
    const deeds = (by: Agent) => ({
      details: (staffId: string) => patch(staffId, { version: 1, title: 'Dr' }, by),
      profession: (staffId: string) => profession('PUT', staffId, 'gmc', 'TEST1', by),
      'no profession': (staffId: string) => profession('DELETE', staffId, 'gmc', undefined, by),
      level: (staffId: string) => raise(staffId, proof(2), by),
    })
    const eachOf = async (by: Agent, staffId: string) => {
      const answers: Record<string, string> = {}
      for (const [name, deed] of Object.entries(deeds(by))) answers[name] = await deed(staffId)
      return answers
    }
    const all = (answer: string) => Object.fromEntries(Object.keys(deeds(agent)).map((name) => [name, answer]))

    it('finds nobody outside their organisations, and it is recorded', async () => {
      const { staffId, id } = await addAt(service, place.home)
      assert.deepEqual(await eachOf(agent, staffId), all('404 not_found'))
      assert.deepEqual(await eachOf(agent, '100000000000'), all('404 not_found'))
      assert.equal(saying(await agent.browser.get(`/api/desk/people/${staffId}/profile`)), '404 not_found')
      const refused = (await service.rooms.audit.eventsOf(id)).filter(({ type }) => type === 'desk-refused')
      assert.equal(refused.length, 5)
      assert.ok(refused.every(({ details, actor }) => details['why'] === 'outside' && actor === agent.person.id))
    })

    it('changes nothing of their own', async () => {
      assert.deepEqual(await eachOf(agent, agent.person.staffId), all('403 not_allowed'))
    })

    it('changes nothing of somebody who may do more', async () => {
      const { person } = await withDuty(service, 'manager', place.hospital)
      assert.deepEqual(await eachOf(agent, person.staffId), all('403 not_allowed'))
    })

    it('has the duty that it takes', async () => {
      const { staffId } = await someone()
      const local = await withDuty(service, 'local-administrator', place.hospital)
      assert.deepEqual(await eachOf(local, staffId), all('403 not_allowed'))
      const checker = await withDuty(service, 'id-checker', place.hospital)
      assert.deepEqual(await eachOf(checker, staffId), { ...all('403 not_allowed'), level: '204' })
      const sponsor = await withDuty(service, 'sponsor', place.hospital)
      assert.deepEqual(await eachOf(sponsor, (await someone()).staffId), all('403 not_allowed'))
    })

    it('changes nothing of somebody who left', async () => {
      const { staffId, id } = await someone()
      await putAt(service, id, place.clinic, { roleCode: 'S8000:G8000:R8001' })
      const close = await agent.browser.postJson(`/api/desk/people/${staffId}/close`, { because: 'left' })
      assert.equal(close.status, 204)
      const answers = await eachOf(agent, staffId)
      assert.deepEqual(answers, { ...all('409 person_not_so'), level: '403 not_allowed' })
    })

    it('line 17: does nothing with a session that ended or a device that is paused', async () => {
      const by = await withDuty(service, 'agent', place.hospital)
      await service.store.inTransaction((tx) =>
        service.rooms.authenticators.suspend(tx, {
          ...{ id: by.authenticatorId, personId: by.person.id, because: 'lost' },
          by: { as: 'command', actor: null },
        }),
      )
      assert.deepEqual(await eachOf(by, (await someone()).staffId), all('401 not_signed_in'))
    })
  })
})
