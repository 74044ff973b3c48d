import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { newId } from '#kernel'
import {
  asOwner,
  createFolder,
  createTestSigner,
  exported,
  type Instance,
  openInstance,
  verified,
} from '../chain.testing.ts'

const rows = <Row>({ store }: Instance, sql: string): Promise<Row[]> => store.rows(statement<[], Row>('', sql), [])

describe('the sealed log', async () => {
  const folder = await createFolder()
  after(folder.remove)
  const signer = createTestSigner('now')
  let database: TestDatabase
  let one: Instance
  let other: Instance
  beforeEach(async () => {
    database = await createTestDatabase()
    one = openInstance(database.url, { signer })
    other = openInstance(database.url, { signer })
  })
  afterEach(async () => {
    await one.store.close()
    await other.store.close()
    await database.drop()
  })

  const write = ({ audit }: Instance, person = newId()) =>
    audit.recordAlone({ type: 'signed-in', person, details: { assuranceLevel: 2 }, personal: { userAgent: 'Ward' } })
  const batches = () => rows<{ number: number; count: number }>(one, 'select number, count from audit_batch order by 1')
  const unsealed = () =>
    rows(one, 'select from audit_event e where not exists (select from audit_leaf l where l.seq = e.seq)')
  /** What whoever kept the newest checkpoint finds in an export. */
  const found = async () => {
    const newest = await one.chain.newestCheckpoint()
    const trusted = { keys: [signer.publicKey], checkpoint: newest?.jws ?? '' }
    return verified(await exported(one, folder), folder, trusted)
  }
  const isSound = async (events: number) => {
    const { faults, events: counted } = await found()
    assert.deepEqual(faults, [])
    // The export itself is an event.
    assert.equal(counted, events + 1)
  }

  it('is sealed once, however often it is asked for', async () => {
    await write(one)
    await write(one)
    await one.chain.seal()
    await one.chain.seal()
    assert.deepEqual(await batches(), [{ number: 1, count: 2 }])
  })

  it('loses nothing of 64 writers at once over two instances that both seal', async () => {
    const writers = Array.from({ length: 64 }, async (_, writer) => {
      for (const _event of Array(8)) await write(writer % 2 === 0 ? one : other)
    })
    let writing = true
    const sealers = [one, other].map(async ({ chain }) => {
      while (writing) await chain.seal()
    })
    await Promise.all(writers).finally(() => (writing = false))
    await Promise.all(sealers)
    await one.chain.seal()
    assert.deepEqual(await unsealed(), [])
    await isSound(64 * 8)
  })

  it('keeps no writer waiting while a batch is being signed', async () => {
    const { promise: written, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: isSigning, resolve: signing } = Promise.withResolvers<void>()
    const sign: typeof signer.sign = async (...what) => {
      signing()
      await written
      return signer.sign(...what)
    }
    const slow = openInstance(database.url, { signer: { ...signer, sign } })
    await write(one)
    const sealing = slow.chain.seal()
    await isSigning
    await Promise.all(Array.from({ length: 16 }, () => write(other)))
    goOn()
    await sealing
    await slow.store.close()
    assert.equal((await batches())[0]?.count, 1)
    await isSound(17)
  })

  it('takes an event that was committed after later ones were sealed', async () => {
    const { promise: others, resolve: commit } = Promise.withResolvers<void>()
    const { promise: isNumbered, resolve: numbered } = Promise.withResolvers<void>()
    const late = one.store.inTransaction(async (tx) => {
      await one.audit.record(tx, { type: 'signed-out' })
      numbered()
      await others
    })
    await isNumbered
    await write(other)
    await other.chain.seal()
    commit()
    await late
    await one.chain.seal()

    const order = await rows<{ type: string; batch: number }>(
      one,
      'select e.type, l.batch from audit_leaf l join audit_event e using (seq) order by l.seq',
    )
    assert.deepEqual(order, [
      { type: 'signed-out', batch: 2 },
      { type: 'signed-in', batch: 1 },
    ])
    await isSound(2)
  })

  it('takes one that thousands overtook, when it looks through the whole log', async () => {
    await write(one)
    await write(one)
    await asOwner(
      one.store,
      `create table late as select * from audit_event order by seq limit 1`,
      `delete from audit_event where seq = (select seq from late)`,
      `insert into audit_event (id, at, type, outcome, details)
       select gen_random_uuid(), now(), 'signed-in', 'done', '{}' from generate_series(1, 2500)`,
    )
    await one.chain.seal()
    await asOwner(one.store, 'insert into audit_event overriding system value select * from late', 'drop table late')
    await one.chain.seal()
    assert.equal((await unsealed()).length, 1, 'it is far behind')
    await one.chain.sealOvertaken()
    assert.equal((await unsealed()).length, 0)
    await one.chain.sealOvertaken()
    await isSound(2502)
  })

  it('is sealed by the next who comes when an instance dies between the events and their batch', async () => {
    const dying = openInstance(database.url, {
      signer: { ...signer, sign: () => Promise.reject(new Error('it died')) },
    })
    await write(dying)
    await assert.rejects(dying.chain.seal(), /it died/)
    await dying.store.close()
    assert.deepEqual(await batches(), [])
    await write(one)
    await other.chain.seal()
    assert.deepEqual(await batches(), [{ number: 1, count: 2 }])
    await isSound(2)
  })

  it('is sealed by one of two instances that come at once', async () => {
    for (const _round of Array(20)) {
      await write(one)
      await Promise.all([one.chain.seal(), other.chain.seal(), one.chain.seal(), other.chain.seal()])
    }
    assert.equal((await batches()).length, 20)
    await isSound(20)
  })

  it('refuses a second batch of the same number, and an event in a second batch, whoever has the lock', async () => {
    await write(one)
    await one.chain.seal()
    const again = `insert into audit_batch select number, previous, hash, count, total, sealed_at, checkpoint from audit_batch`
    await assert.rejects(rows(one, again), /audit_batch_pkey/)
    const twice = `insert into audit_leaf (seq, batch, place, leaf) select seq, batch, place + 1, leaf from audit_leaf`
    await assert.rejects(rows(one, twice), /audit_leaf_pkey/)
  })

  for (const table of ['audit_batch', 'audit_leaf'])
    for (const deed of [
      `update ${table} set batch = 1`,
      `delete from ${table}`,
      `truncate ${table}`,
      `drop table ${table}`,
    ])
      it(`does not let the service: ${deed}`, async () => {
        const sql = deed.replace('audit_batch set batch', 'audit_batch set number')
        await assert.rejects(rows(one, sql), /permission denied|must be owner/)
      })

  it('stays whole when a person is erased, whose fields nobody can read any more', async () => {
    const person = newId()
    await write(one, person)
    await one.chain.seal()
    await one.store.inTransaction((tx) => one.audit.forgetPerson(tx, person))
    assert.equal((await one.audit.eventsOf(person))[0]?.personal, null)
    await isSound(2)
  })

  it('has no checkpoint while there is nothing in it', async () => {
    assert.equal(await one.chain.newestCheckpoint(), undefined)
  })
})
