import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { CreationOptions, Failure, IssuedInvitation, RaisedRequest } from '@fobwatch/contracts'
import { statement } from '@fobwatch/store'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { isRefusal } from '#kernel'
import {
  addPerson,
  enrol,
  inviteCode,
  issuer,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'
import { addAt } from './desk.testing.ts'

describe('the first manager', () => {
  let service: TestService
  const become = (staffId: string, code = 'ZZX01') =>
    service.rooms.registrationAuthority.becomeFirstManager(staffId, code)
  const endDuties = statement<[]>('test:end-duties', 'update assignment set ended_at = now()')
  const setStatus = statement<[string, string]>('test:status', 'update person set status = $2 where id = $1')

  before(async () => {
    service = await startService()
    await service.store.inTransaction(async (tx) => {
      const parentId = await service.rooms.access.addOrganisation(tx, { code: 'ZZX01', name: 'Hospital' })
      await service.rooms.access.addOrganisation(tx, { code: 'ZZX02', name: 'Clinic', parentId })
    })
  })
  afterEach(() => service.store.run(endDuties, []))
  after(() => service.close())

  it('has the duty over the organisation and what is below it, and it is recorded', async () => {
    const person = await addPerson(service)
    await become(person.staffId)

    const clinic = await service.rooms.access.findOrganisation('ZZX02')
    assert.ok(await service.rooms.access.mayDo(person.id, 'edit-positions', clinic?.id))
    const [duty] = await service.rooms.access.dutiesOf(person.id)
    assert.deepEqual([duty?.duty.code, duty?.organisation.code], ['manager', 'ZZX01'])
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.equal(event?.type, 'duty-granted')
    assert.equal(event?.details['duty'], 'manager')
  })

  it('line 42: has no use any more for a link that was made before', async () => {
    const person = await addPerson(service)
    const code = await inviteCode(service, person.id)
    const link = await become(person.staffId)
    const open = (with_: string) => service.browser().postJson('/api/enrolment/options', { code: with_ })
    const page = await open(code)
    assert.deepEqual([page.status, page.json<Failure>().error], [410, 'invitation_replaced'])
    assert.equal((await open(link?.url.split('#')[1] ?? '')).status, 200, 'a new one is given in its place')
  })

  it('is given no link where there was none to replace', async () => {
    assert.equal(await become((await addPerson(service)).staffId), undefined)
  })

  it('is given a link in any case where it is said how, and in person it may be worth a strong check', async () => {
    const person = await addPerson(service)
    const link = await service.rooms.registrationAuthority.becomeFirstManager(person.staffId, 'ZZX01', 'in-person')
    const code = new URL(link?.url ?? '').hash.slice(1)
    const browser = service.browser()
    const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
    const response = createSoftwareAuthenticator().register(options, { origin: issuer })
    assert.equal((await browser.postJson('/api/enrolment', { code, response })).status, 200)
    const bound = await sql(service, 'select bound_level as level from authenticator where person_id = $1', person.id)
    assert.deepEqual(bound, [{ level: 3 }])
  })

  it('line 42: goes on alone where it takes two people, with whoever runs the service as the second', async () => {
    const manager = await addPerson(service)
    await become(manager.staffId)
    const browser = await signInHere(service, (await enrol(service, manager.id)).device)
    const hospital = await service.rooms.access.findOrganisation('ZZX01')
    const person = await addAt(service, hospital?.id ?? '', { identityLevel: 3 })
    const asked = { how: 'in-person', channel: 'code', device: 'security-key' }
    const issue = (body: object) => browser.postJson(`/api/desk/people/${person.staffId}/invitations`, body)
    assert.equal((await issue(asked)).json<Failure>().error, 'second_person_needed')

    const raising = { kind: 'enrol-level-3', staffId: person.staffId, asked }
    const { id } = (await browser.postJson('/api/desk/requests', raising)).json<RaisedRequest>()
    assert.equal((await issue({ ...asked, request: id })).json<Failure>().error, 'request_not_approved')
    await service.rooms.registrationAuthority.decideRequest(id, { approved: true, because: null })
    const other = await issue({ ...asked, channel: 'pass', request: id })
    assert.equal(other.json<Failure>().error, 'request_not_approved', 'a code was agreed to, and not a pass')
    const page = await issue({ ...asked, request: id })
    assert.equal(page.status, 200, page.body)
    assert.match(page.json<IssuedInvitation>().code ?? '', /^.{8}$/)
    assert.equal((await issue({ ...asked, request: id })).json<Failure>().error, 'request_not_approved')
  })

  it('is the only one: the next is refused, at whatever organisation', async () => {
    await become((await addPerson(service)).staffId)
    const second = await addPerson(service)
    for (const code of ['ZZX01', 'ZZX02'])
      await assert.rejects(become(second.staffId, code), (error) => isRefusal(error, 'not_allowed'))
    assert.deepEqual(await service.rooms.access.dutiesOf(second.id), [])
  })

  it('is one of many who try at once', async () => {
    const people = await Promise.all(Array.from({ length: 16 }, () => addPerson(service)))
    const tries = await Promise.allSettled(people.map(({ staffId }) => become(staffId)))
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
    const duties = await Promise.all(people.map(({ id }) => service.rooms.access.dutiesOf(id)))
    assert.equal(duties.flat().length, 1)
  })

  it('can be another once nobody has the duty any more', async () => {
    const first = await addPerson(service)
    await become(first.staffId)
    await service.store.run(setStatus, [first.id, 'closed'])
    assert.equal(await service.rooms.registrationAuthority.hasManager(), false)
    await become((await addPerson(service)).staffId)
    assert.equal(await service.rooms.registrationAuthority.hasManager(), true)
  })

  it('must exist, be active, and be somewhere that exists', async () => {
    const closed = await addPerson(service)
    await service.store.run(setStatus, [closed.id, 'closed'])
    await assert.rejects(become('999999999999'), (error) => isRefusal(error, 'not_found'))
    await assert.rejects(become((await addPerson(service)).staffId, 'ZZX99'), (error) => isRefusal(error, 'not_found'))
    await assert.rejects(become(closed.staffId), (error) => isRefusal(error, 'not_allowed'))
    assert.equal(await service.rooms.registrationAuthority.hasManager(), false)
  })
})

describe('the first service operator', () => {
  let service: TestService
  const become = (staffId: string) => service.rooms.registrationAuthority.becomeFirstServiceOperator(staffId)
  const endDuties = statement<[]>('test:end-duties', 'update assignment set ended_at = now()')

  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('has the duty at every organisation that is part of no other, and so for everybody', async () => {
    const person = await addPerson(service)
    await assert.rejects(become(person.staffId), { reasons: ['There is no organisation yet.'] })
    await service.store.inTransaction(async (tx) => {
      const { addOrganisation } = service.rooms.access
      const parentId = await addOrganisation(tx, { code: 'ZZX01', name: 'Hospital' })
      await addOrganisation(tx, { code: 'ZZX02', name: 'Clinic', parentId })
      await addOrganisation(tx, { code: 'ZZX03', name: 'Care home' })
    })
    await inviteCode(service, person.id)
    assert.match((await become(person.staffId))?.url ?? '', /\/enrol#[\w-]{43}$/)
    const duties = await service.rooms.access.dutiesOf(person.id)
    assert.deepEqual(duties.map(({ duty, organisation }) => `${duty.code} ${organisation.code}`).toSorted(), [
      'service-operator ZZX01',
      'service-operator ZZX03',
    ])
    assert.ok(await service.rooms.access.mayDo(person.id, 'manage-clients'))
  })

  it('is the only one, of many who try at once too, until nobody has the duty any more', async () => {
    const second = await addPerson(service)
    await assert.rejects(become(second.staffId), { reasons: ['There is a service operator already.'] })
    await service.store.run(endDuties, [])
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => become(second.staffId)))
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await service.rooms.access.dutiesOf(second.id)).length, 2)
  })

  it('is no obstacle to the first manager, nor the other way round', async () => {
    const person = await addPerson(service)
    await service.rooms.registrationAuthority.becomeFirstManager(person.staffId, 'ZZX01')
    assert.deepEqual(
      (await service.rooms.access.dutiesOf(person.id)).map(({ duty }) => duty.code),
      ['manager'],
    )
  })
})
