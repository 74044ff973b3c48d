import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { canLeaveRole, openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { newId } from '#kernel'
import { createAudit } from './index.ts'

const now = () => new Date()

describe('the user of the service, who is a member of fobwatch_runtime and owns nothing', () => {
  const user = `fobwatch_test_service_${process.pid}`
  const password = randomBytes(16).toString('hex')
  let database: TestDatabase
  let owner: Store
  let service: Store
  before(async () => {
    database = await createTestDatabase()
    owner = openStore({ url: database.url })
    const url = new URL(database.url)
    await asOwner(`create role ${user} login password '${password}'`, `grant fobwatch_runtime to ${user}`)
    url.username = user
    url.password = password
    service = openStore({ url: url.href })
    await createAudit({ store: service, key: randomBytes(32), now }).recordAlone({ type: 'signed-in', person: newId() })
  })
  after(async () => {
    await service.close()
    await asOwner(`drop role ${user}`)
    await owner.close()
    await database.drop()
  })

  /** Runs SQL in one transaction, as whoever the store connects as, out of the role of the service. */
  const run = (store: Store, ...lines: string[]) =>
    store.inTransaction(async (tx) => {
      for (const sql of lines) await store.run(statement<[]>('', sql), [], tx)
    })
  const asOwner = (...lines: string[]) => run(owner, 'set local role none', ...lines)

  for (const leave of ['set local role none', 'reset role', 'reset session authorization'])
    for (const deed of [
      `update audit_event set outcome = 'done'`,
      'delete from audit_event',
      'truncate audit_event',
      'alter table audit_event disable trigger all',
      'drop table audit_event',
      'delete from personal_key',
      'update audit_batch set count = 0',
      'delete from audit_batch',
      'update audit_leaf set place = 0',
      'delete from audit_leaf',
      `insert into audit_event (seq, id, at, type, outcome, details)
       values (9e18, gen_random_uuid(), now(), 'signed-in', 'done', '{}')`,
    ])
      it(`cannot after \`${leave}\`: ${deed.split('\n', 1)[0]}`, async () => {
        await assert.rejects(run(service, leave, deed), /permission denied|must be owner/)
      })

  it('can take no other role', async () => {
    const [row] = await owner.rows(statement<[], { name: string }>('', 'select session_user as name'), [])
    assert.ok(row)
    await assert.rejects(run(service, `set local role ${row.name}`), /permission denied/)
    await assert.rejects(run(service, `set local session authorization ${row.name}`), /permission denied/)
  })

  it('is told from the owner, who could do all that', async () => {
    assert.equal(await canLeaveRole(service), false)
    assert.equal(await canLeaveRole(owner), true)
  })
})
