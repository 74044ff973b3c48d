import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isUniqueViolation, openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { type Audit, createAudit } from '#audit'
import { newId } from '#kernel'
import { createPeople, type People } from './index.ts'

const now = () => new Date('2026-11-21T09:14:00.000Z')
const ngozi = { givenName: 'Ngozi', familyName: 'Fairweather', identityLevel: 3 }

describe('people', () => {
  let database: TestDatabase
  let store: Store
  let audit: Audit
  let people: People

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    audit = createAudit({ store, key: randomBytes(32), now })
    people = createPeople({ store, record: audit.record, now })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const add = (person: Parameters<People['addPerson']>[1], from = people) =>
    store.inTransaction((tx) => from.addPerson(tx, person))
  const giving = (...ids: string[]) =>
    createPeople({ store, record: audit.record, now, newStaffId: () => ids.shift() ?? assert.fail('asked too often') })

  it('gives a new person 12 digits and a handle that has nothing to do with them', async () => {
    const person = await add(ngozi)
    assert.match(person.staffId, /^[1-9][0-9]{11}$/)
    assert.equal(person.userHandle.length, 32)
    assert.ok(!person.userHandle.includes(person.staffId))
    assert.equal(person.status, 'active')
  })

  it('finds a person by row id and by staff id, and nobody else', async () => {
    const person = await add({ ...ngozi, title: 'Ms', middleNames: 'Ada', email: 'ngozi@fernbrook.example' })
    assert.deepEqual(await people.findPerson(person.id), person)
    assert.deepEqual(await people.findPersonByStaffId(person.staffId), person)
    assert.equal(await people.findPerson(newId()), undefined)
    assert.equal(await people.findPersonByStaffId('000000000000'), undefined)
  })

  it('takes another staff id when the first is taken, in the same transaction', async () => {
    await add(ngozi, giving('111111111111'))
    const second = await add(ngozi, giving('111111111111', '222222222222'))
    assert.equal(second.staffId, '222222222222')
  })

  it('gives up when every staff id it tries is taken, and stores nothing', async () => {
    await add(ngozi, giving('333333333333'))
    const taken = Array.from({ length: 5 }, () => '333333333333')
    await assert.rejects(add({ ...ngozi, givenName: 'Nobody' }, giving(...taken)), /No free staff id/)
    const nobodies = statement<[], object>('test:nobodies', "select from person where given_name = 'Nobody'")
    assert.deepEqual(await store.rows(nobodies, []), [])
  })

  it('never gives one staff id twice, whatever the service believes', async () => {
    const person = await add(ngozi)
    const copy = statement<[string, string]>(
      'test:copy',
      `insert into person (id, staff_id, user_handle, given_name, family_name, identity_level, created_at)
       select $1, staff_id, sha256('another'), 'A', 'B', 1, now() from person where id = $2`,
    )
    await assert.rejects(store.run(copy, [newId(), person.id]), (error) =>
      isUniqueViolation(error, 'person_staff_id_key'),
    )
  })

  it('records who was added, with the name where erasure reaches it', async () => {
    const actor = newId()
    const person = await store.inTransaction((tx) => people.addPerson(tx, ngozi, { actor, requestId: 'req-7' }))
    const [event] = await audit.eventsOf(person.id)
    assert.equal(event?.type, 'person-created')
    assert.equal(event?.actor, actor)
    assert.equal(event?.requestId, 'req-7')
    assert.deepEqual(event?.details, { identityLevel: 3 })
    assert.deepEqual(event?.personal, { name: 'Ngozi Fairweather' })
  })
  it('keeps one number of each body of a profession, and records whose, with the number where erasure reaches it', async () => {
    const person = await add(ngozi)
    const keep = (body: 'nmc' | 'rcn', number: string) =>
      store.inTransaction((tx) => people.keepMembership(tx, person.id, { body, number }))
    await keep('rcn', 'TEST1R')
    await keep('nmc', 'TEST1N')
    await keep('nmc', 'TEST2N')
    assert.deepEqual(await people.professionsOf(person.id), [
      { body: 'nmc', number: 'TEST2N' },
      { body: 'rcn', number: 'TEST1R' },
    ])
    const event = (await audit.eventsOf(person.id)).at(-1)
    assert.deepEqual(
      [event?.type, event?.details, event?.personal],
      ['professional-membership-kept', { body: 'nmc' }, { number: 'TEST2N' }],
    )
  })
})
