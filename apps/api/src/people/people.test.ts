import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isUniqueViolation, openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { type Audit, createAudit } from '#audit'
import { isRefusal, newId, twelveDigits } from '#kernel'
import { type Changes, createPeople, type People } from './index.ts'

const now = () => new Date('2026-11-21T09:14:00.000Z')
const documentKey = randomBytes(32)
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
    people = createPeople({ store, record: audit.record, now, documentKey })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const add = (person: Parameters<People['addPerson']>[1], from = people) =>
    store.inTransaction((tx) => from.addPerson(tx, person))
  const giving = (...ids: string[]) =>
    createPeople({
      ...{ store, record: audit.record, now, documentKey },
      newStaffId: () => ids.shift() ?? assert.fail('asked too often'),
    })

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

  it('never gives the staff id of somebody who was erased to anybody else', async () => {
    const person = await add(ngozi, giving('444444444444'))
    await store.inTransaction(async (tx) => {
      await people.closePerson(tx, { personId: person.id, because: 'left' })
      await people.erasePerson(tx, person.id, 'asked')
    })
    const next = await add(ngozi, giving('444444444444', '555555555555'))
    assert.equal(next.staffId, '555555555555')
    assert.equal((await people.findPersonByStaffId('444444444444'))?.givenName, 'Erased')
  })

  it('gives staff ids that begin with any digit but 0, and tell nothing of each other', async () => {
    const ids = Array.from({ length: 2000 }, twelveDigits)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual([...new Set(ids.map(([first]) => first))].toSorted(), [...'123456789'])
    // One that followed the one before by a small step could be guessed from it.
    const steps = ids.slice(1).map((id, at) => Math.abs(Number(id) - Number(ids[at])))
    assert.ok(steps.filter((step) => step < 1_000_000).length < 10)
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

  describe('changing a person', () => {
    const change = (personId: string, changes: Changes, version?: number) =>
      store.inTransaction((tx) => people.changePerson(tx, { personId, version, changes }, { actor: newId() }))

    it('changes what is named, and records what it was and is where erasure reaches it', async () => {
      const person = await add({ ...ngozi, email: 'n@fernbrook.example' })
      assert.equal(person.version, 1)
      const version = await change(person.id, { familyName: 'Fernbank', birthDate: '1990-02-28', email: null }, 1)
      const after = await people.findPerson(person.id)
      assert.deepEqual(
        [after?.version, after?.givenName, after?.familyName, after?.birthDate, after?.email],
        [version, 'Ngozi', 'Fernbank', '1990-02-28', null],
      )
      const event = (await audit.eventsOf(person.id)).at(-1)
      assert.deepEqual(event?.details, { fields: ['familyName', 'birthDate', 'email'] })
      assert.deepEqual(event?.personal, {
        'was.familyName': 'Fairweather',
        familyName: 'Fernbank',
        'was.birthDate': null,
        birthDate: '1990-02-28',
        'was.email': 'n@fernbrook.example',
        email: null,
      })
    })

    it('refuses a change of what somebody else changed meanwhile, and a number of the HR system that is taken', async () => {
      const [one, other] = [await add({ ...ngozi, externalId: 'HR-1' }), await add(ngozi)]
      await change(one.id, { title: 'Dr' }, 1)
      await assert.rejects(change(one.id, { title: 'Ms' }, 1), (error) => isRefusal(error, 'person_changed'))
      await assert.rejects(change(other.id, { externalId: 'HR-1' }), (error) => isRefusal(error, 'external_id_taken'))
      await assert.rejects(add({ ...ngozi, externalId: 'HR-1' }), (error) => isRefusal(error, 'external_id_taken'))
      assert.equal((await people.findPersonByExternalId('HR-1'))?.id, one.id)
    })

    it('stores and records nothing where nothing is different', async () => {
      const person = await add(ngozi)
      assert.equal(await change(person.id, { givenName: 'Ngozi', title: null }, 1), 1)
      assert.equal((await audit.eventsOf(person.id)).length, 1)
    })
  })

  it('goes from active to suspended and back, to closed and back, and no other way', async () => {
    const { id: personId } = await add(ngozi)
    const steps = {
      suspend: people.suspendPerson,
      reinstate: people.reinstatePerson,
      close: people.closePerson,
      reopen: people.reopenPerson,
    }
    const can = async (): Promise<string[]> => {
      const names: string[] = []
      for (const [name, step] of Object.entries(steps)) {
        const rollBack = new Error('only a try')
        const tried = store.inTransaction(async (tx) => {
          await step(tx, { personId })
          throw rollBack
        })
        await tried.catch((error) => error === rollBack && names.push(name))
      }
      return names
    }
    const take = (name: keyof typeof steps) => store.inTransaction((tx) => steps[name](tx, { personId }))
    assert.deepEqual(await can(), ['suspend', 'close'])
    await take('suspend')
    assert.deepEqual(await can(), ['reinstate', 'close'])
    await take('close')
    assert.deepEqual(await can(), ['reopen'])
    await take('reopen')
    assert.deepEqual(await can(), ['suspend', 'close'])
    await take('close')
    await store.inTransaction((tx) => people.erasePerson(tx, personId, 'asked'))
    assert.deepEqual(await can(), [])
  })

  it('keeps of a document its kind, the name on it and the end of its number, and finds it again by a keyed hash', async () => {
    const [person, actor] = [await add({ ...ngozi, identityLevel: 1 }), newId()]
    const passport = {
      part: 'photo',
      document: 'passport',
      number: '53 311-9041',
      nameOnDocument: 'NGOZI FAIRWEATHER',
    } as const
    const bill = { part: 'other', document: 'utility-bill', nameOnDocument: 'N Fairweather' } as const
    const evidence = people.withoutNumbers([passport, bill])
    const proof = { personId: person.id, level: 2, how: 'video', actor, evidence } as const
    await store.inTransaction((tx) => people.raiseIdentityLevel(tx, proof))
    const after = await people.findPerson(person.id)
    assert.deepEqual([after?.identityLevel, after?.identityMethod, after?.identityProvedBy], [2, 'video', actor])
    const common = { level: 2, method: 'video', provedBy: actor, provedAt: now() }
    assert.deepEqual(await people.evidenceOf(person.id), [
      { ...common, part: 'photo', document: 'passport', numberEnd: '041', nameOnDocument: 'NGOZI FAIRWEATHER' },
      { ...common, part: 'other', document: 'utility-bill', numberEnd: null, nameOnDocument: 'N Fairweather' },
    ])
    const rows = await store.rows(
      statement<[], { row: string }>('', 'select e::text as row from identity_evidence e'),
      [],
    )
    assert.doesNotMatch(JSON.stringify(rows), /533119041|53 311/)
    await assert.rejects(
      store.inTransaction((tx) => people.raiseIdentityLevel(tx, proof)),
      (error) => isRefusal(error, 'person_not_so'),
    )
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
