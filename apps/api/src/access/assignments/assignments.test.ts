import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, fakeClock, type TestDatabase } from '@fobwatch/testkit'
import { createAudit } from '#audit'
import { isRefusal, newId } from '#kernel'
import { createPeople } from '#people'
import { type Access, createAccess, type NewAssignment } from '../index.ts'

const start = new Date('2026-11-21T09:00:00.000Z')
const daysFrom = (days: number) => new Date(start.getTime() + days * 86_400_000)
const nurse = 'S8000:G8000:R8001'
const refused = (code: Parameters<typeof isRefusal>[1]) => (error: unknown) => isRefusal(error, code)

describe('assignments', () => {
  let database: TestDatabase
  let store: Store
  let access: Access
  let people: ReturnType<typeof createPeople>
  let clock = fakeClock(start)
  let ward = ''
  let personId = ''
  const used = new Map<string, Date>()

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    const now = () => clock.now()
    access = createAccess({ store, now, lastUseOf: async () => used })
    people = createPeople({
      ...{ store, now, documentKey: randomBytes(32) },
      record: createAudit({ store, key: randomBytes(32), now }).record,
    })
    await store.inTransaction(async (tx) => {
      await access.loadCatalogue(tx)
      ward = await access.addOrganisation(tx, { code: 'ZZX01', name: 'Ward' })
    })
  })
  beforeEach(async () => {
    clock = fakeClock(start)
    personId = (
      await store.inTransaction((tx) =>
        people.addPerson(tx, { givenName: 'Wren', familyName: 'Fiction', identityLevel: 2 }),
      )
    ).id
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const position = (organisationId = ward) =>
    store.inTransaction((tx) => access.addPosition(tx, { organisationId, name: newId(), roleCode: nurse }))
  const assign = async (dates: Partial<NewAssignment> = {}) => {
    const positionId = dates.positionId ?? (await position())
    return store.inTransaction((tx) => access.assign(tx, { personId, positionId, startsAt: start, ...dates }))
  }
  const states = async () => (await access.assignmentsOf(personId)).map(({ id, state }) => ({ id, state }))
  const end = (id: string) => store.inTransaction((tx) => access.endAssignment(tx, { personId, id, by: null }))
  const change = (id: string, dates: { startsAt?: Date; expiresAt: Date | null }) =>
    store.inTransaction((tx) => access.changeAssignment(tx, { personId, id, by: null }, dates))

  it('are planned, then now, then over, by the clock alone', async () => {
    const id = await assign({ startsAt: daysFrom(1), expiresAt: daysFrom(8) })
    assert.deepEqual(await states(), [{ id, state: 'planned' }])
    clock.advance({ hours: 24 })
    assert.deepEqual(await states(), [{ id, state: 'now' }])
    clock.advance({ hours: 7 * 24 })
    assert.deepEqual(await states(), [{ id, state: 'over' }])
  })

  it('are listed with what is over last, and say who gave them and when they were used', async () => {
    const over = await assign({ startsAt: daysFrom(-9), expiresAt: daysFrom(-1) })
    const planned = await assign({ startsAt: daysFrom(1), assignedBy: personId })
    const held = await assign()
    used.set(held, daysFrom(-1))
    assert.deepEqual(
      (await states()).map(({ id }) => id),
      [planned, held, over],
    )
    const [first, second] = await access.assignmentsOf(personId)
    assert.equal(first?.assignedByName, 'Wren Fiction')
    assert.equal(first?.lastUsedAt, null)
    assert.deepEqual(second?.lastUsedAt, daysFrom(-1))
    assert.deepEqual(second?.role, { code: nurse, name: 'Nurse Access Role' })
    assert.deepEqual(second?.organisation, { id: ward, code: 'ZZX01', name: 'Ward' })
  })

  it('end once, and not after they have run out', async () => {
    const id = await assign()
    await end(id)
    assert.deepEqual(await states(), [{ id, state: 'over' }])
    await assert.rejects(end(id), refused('assignment_not_so'))
    const late = await assign({ startsAt: daysFrom(-2), expiresAt: daysFrom(-1) })
    await assert.rejects(end(late), refused('assignment_not_so'))
    const other = await people.findPerson(personId)
    assert.ok(other)
    await assert.rejects(end('100000000000'), refused('assignment_not_so'))
  })

  it('end all at once for whoever leaves, those to come too', async () => {
    const ids = [await assign(), await assign({ startsAt: daysFrom(3) })]
    await assign({ startsAt: daysFrom(-3), expiresAt: daysFrom(-2) })
    const ended = await store.inTransaction((tx) => access.endAssignmentsOf(tx, personId))
    assert.deepEqual(ended.map(({ id }) => id).toSorted(), ids.toSorted())
    assert.ok((await states()).every(({ state }) => state === 'over'))
    assert.deepEqual(await store.inTransaction((tx) => access.endAssignmentsOf(tx, personId)), [])
  })

  it('take new dates, and a new start only before they begin', async () => {
    const planned = await assign({ startsAt: daysFrom(2), expiresAt: daysFrom(9) })
    await change(planned, { startsAt: daysFrom(1), expiresAt: daysFrom(3) })
    const [held] = await access.assignmentsOf(personId)
    assert.deepEqual([held?.startsAt, held?.expiresAt], [daysFrom(1), daysFrom(3)])
    await change(planned, { startsAt: daysFrom(-1), expiresAt: null })
    assert.deepEqual((await access.assignmentsOf(personId))[0]?.startsAt, start, 'a start that is past is now')
    await assert.rejects(change(planned, { startsAt: daysFrom(1), expiresAt: null }), refused('assignment_not_so'))
  })

  it('take no end that is past, or before the start', async () => {
    const planned = await assign({ startsAt: daysFrom(2) })
    const held = await assign()
    await assert.rejects(change(planned, { expiresAt: daysFrom(1) }), refused('assignment_dates'))
    await assert.rejects(change(planned, { expiresAt: daysFrom(2) }), refused('assignment_dates'))
    await assert.rejects(change(held, { expiresAt: start }), refused('assignment_dates'))
    await end(held)
    await assert.rejects(change(held, { expiresAt: daysFrom(5) }), refused('assignment_not_so'))
  })

  it('of one position do not overlap, and may follow each other', async () => {
    const positionId = await position()
    await assign({ positionId, startsAt: daysFrom(1), expiresAt: daysFrom(8) })
    await assert.rejects(assign({ positionId, startsAt: daysFrom(7) }), refused('assignment_not_so'))
    await assert.rejects(assign({ positionId, startsAt: start }), refused('assignment_not_so'))
    await assign({ positionId, startsAt: daysFrom(8), expiresAt: daysFrom(9) })
    await assign({ positionId, startsAt: start, expiresAt: daysFrom(1) })
    assert.equal((await states()).length, 3)
  })

  it('are not made to what is retired, nor at what is closed, where nobody new is put either', async () => {
    const run = (text: string, id: string) => store.run(statement<[string]>('', text), [id])
    const retired = await position()
    await run('update position set retired_at = now() where id = $1', retired)
    await assert.rejects(assign({ positionId: retired }), refused('position_unknown'))
    const closed = await store.inTransaction((tx) => access.addOrganisation(tx, { code: 'ZZX02', name: 'Closed' }))
    const there = await position(closed)
    await run('update organisation set closed_at = now() where id = $1', closed)
    await assert.rejects(assign({ positionId: there }), refused('organisation_closed'))
    const affiliate = store.inTransaction((tx) => access.affiliate(tx, personId, closed))
    await assert.rejects(affiliate, refused('organisation_closed'))
  })
})
