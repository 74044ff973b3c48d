import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { type Audit, type AuditEvent, createAudit } from './index.ts'

const now = () => new Date('2026-11-21T09:14:00.000Z')

describe('the audit log', () => {
  let database: TestDatabase
  let store: Store
  let audit: Audit

  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    audit = createAudit({ store, key: randomBytes(32), now })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const signedIn = (person: string): AuditEvent => ({
    type: 'signed-in',
    person,
    requestId: 'req-1',
    details: { assuranceLevel: 2, amr: ['hwk', 'user'] },
    personal: { userAgent: 'Browser on the ward' },
  })
  /** What time the database has, to the millisecond that a row keeps. */
  const clock = async (): Promise<Date> => {
    const sql = `select date_trunc('milliseconds', now()) as now`
    const row = await store.row(statement<[], { now: Date }>('', sql), [])
    assert.ok(row)
    return row.now
  }
  const rawFieldsOf = (person: string) =>
    store.rows(
      statement<[string], { personal: Buffer }>('test:raw', 'select personal from audit_event where person = $1'),
      [person],
    )

  it('gives back what was recorded, in the order in which it was', async () => {
    const person = newId()
    const actor = newId()
    await audit.recordAlone(signedIn(person))
    await audit.recordAlone({ type: 'person-viewed', outcome: 'refused', actor, person })

    const [first, second] = await audit.eventsOf(person)
    assert.deepEqual(
      { ...first, id: '' },
      {
        id: '',
        at: now(),
        type: 'signed-in',
        outcome: 'done',
        actor: null,
        person,
        client: null,
        requestId: 'req-1',
        details: { assuranceLevel: 2, amr: ['hwk', 'user'] },
        personal: { userAgent: 'Browser on the ward' },
      },
    )
    assert.equal(second?.outcome, 'refused')
    assert.equal(second?.actor, actor)
    assert.equal(second?.personal, null)
  })

  it('drops the event of a deed that is rolled back, and its new key', async () => {
    const person = newId()
    const deed = store.inTransaction(async (tx) => {
      await audit.record(tx, signedIn(person))
      throw new Error('the deed failed')
    })
    await assert.rejects(deed, /the deed failed/)

    assert.deepEqual(await audit.eventsOf(person), [])
    const keys = statement<[string], object>('test:keys', 'select from personal_key where person = $1')
    assert.deepEqual(await store.rows(keys, [person]), [])
  })

  for (const [what, sql] of [
    ['change', "update audit_event set outcome = 'done'"],
    ['remove', 'delete from audit_event'],
    ['empty', 'truncate audit_event'],
    ['drop', 'drop table audit_event'],
  ] as const) {
    it(`does not let the service ${what} its events`, async () => {
      await assert.rejects(store.run(statement<[]>(`test:${what}`, sql), []), /permission denied|must be owner/)
    })
  }

  it('lets the service choose neither the number of an event nor when it was stored', async () => {
    const columns = 'id, at, type, outcome, details'
    const values = `gen_random_uuid(), now(), 'signed-in', 'done', '{}'`
    for (const [column, value] of [
      ['seq', `nextval('audit_event_seq_seq') + 1`],
      ['stored_at', `'2020-01-01'`],
    ]) {
      const sql = `insert into audit_event (${columns}, ${column}) values (${values}, ${value})`
      await assert.rejects(store.run(statement<[]>('', sql), []), /permission denied/)
    }
    await assert.rejects(store.run(statement<[]>('', `select setval('audit_event_seq_seq', 1)`), []), /permission/)

    const person = newId()
    const before = await clock()
    await audit.recordAlone(signedIn(person))
    const [row] = await store.rows(
      statement<[string], { storedAt: Date }>('', 'select stored_at as "storedAt" from audit_event where person = $1'),
      [person],
    )
    assert.ok(row && row.storedAt >= before, 'by the clock of the database')
  })

  it('does not let the service take away the key of somebody, after which it could make another', async () => {
    const sql = 'delete from personal_key'
    await assert.rejects(store.run(statement<[]>('', sql), []), /permission denied/)
  })

  it('keeps personal fields sealed in the database', async () => {
    const person = newId()
    await audit.recordAlone(signedIn(person))
    const [row] = await rawFieldsOf(person)
    assert.ok(row && !row.personal.includes('Browser'))
  })

  it('reads the fields of nobody with another key', async () => {
    const person = newId()
    await audit.recordAlone(signedIn(person))
    const stranger = createAudit({ store, key: randomBytes(32), now })
    await assert.rejects(stranger.eventsOf(person))
  })

  it('makes one key per person when many events arrive together', async () => {
    const person = newId()
    await Promise.all(Array.from({ length: 16 }, () => audit.recordAlone(signedIn(person))))

    const events = await audit.eventsOf(person)
    assert.equal(events.length, 16)
    assert.ok(events.every(({ personal }) => personal?.['userAgent'] === 'Browser on the ward'))
  })

  it('cannot read the personal fields of someone who was forgotten, and keeps the rest', async () => {
    const person = newId()
    await audit.recordAlone(signedIn(person))
    await store.inTransaction((tx) => audit.forgetPerson(tx, person))

    const [event, forgotten] = await audit.eventsOf(person)
    assert.equal(event?.personal, null)
    assert.equal(event?.type, 'signed-in')
    assert.equal(forgotten?.type, 'person-forgotten')
  })

  it('keeps no personal fields about someone after they were forgotten', async () => {
    const person = newId()
    await store.inTransaction((tx) => audit.forgetPerson(tx, person))
    await audit.recordAlone(signedIn(person))

    const rows = await rawFieldsOf(person)
    assert.equal(rows.length, 2)
    assert.ok(rows.every(({ personal }) => personal === null))
  })

  it('forgets one person and no other', async () => {
    const [forgotten, other] = [newId(), newId()]
    await audit.recordAlone(signedIn(forgotten))
    await audit.recordAlone(signedIn(other))
    await store.inTransaction((tx) => audit.forgetPerson(tx, forgotten))

    const [event] = await audit.eventsOf(other)
    assert.deepEqual(event?.personal, { userAgent: 'Browser on the ward' })
  })

  it('stores characters that the database does not take as replacement characters', async () => {
    const person = newId()
    await audit.recordAlone({ type: 'authenticator-renamed', person, details: { kind: 'a\0b\ud800c\r\nd' } })
    const [event] = await audit.eventsOf(person)
    assert.deepEqual(event?.details, { kind: 'a\ufffdb\ufffdc\r\nd' })
  })
})
