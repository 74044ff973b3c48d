import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import {
  asOwner,
  createFolder,
  createTestSigner,
  exported,
  type Instance,
  openInstance,
  verified,
} from '../chain.testing.ts'

/** At noon all of three batches are looked at within three minutes. */
const atNoon = () => new Date('2026-11-25T12:00:00.000Z')

describe('line 40: an event that whoever owns the database', async () => {
  const folder = await createFolder()
  after(folder.remove)
  const signer = createTestSigner('now')
  let database: TestDatabase
  let one: Instance
  let checkpoint: string
  const told: string[] = []
  beforeEach(async () => {
    database = await createTestDatabase()
    one = openInstance(database.url, { signer, now: atNoon, onDamage: (faults) => void told.push(...faults) })
    for (const _event of [1, 2, 3]) await one.audit.recordAlone({ type: 'signed-in', details: { assuranceLevel: 2 } })
    checkpoint = (await one.chain.newestCheckpoint())?.jws ?? ''
    told.length = 0
  })
  afterEach(async () => {
    await one.store.close()
    await database.drop()
  })

  const inExport = async () =>
    (await verified(await exported(one, folder), folder, { keys: [signer.publicKey], checkpoint })).faults
  const damage = async () => {
    const sql = `select details from audit_event where type = 'audit-damaged'`
    return one.store.rows(statement<[], { details: { faults: string[] } }>('', sql), [])
  }
  const second = '(select seq from audit_event order by seq offset 1 limit 1)'

  it('leaves alone is found to be as it was', async () => {
    await one.chain.checkPart()
    assert.deepEqual([told, await damage(), await inExport()], [[], [], []])
  })

  for (const [what, sql, expected] of [
    [
      'edits',
      `update audit_event set details = '{"assuranceLevel": 3}' where seq = ${second}`,
      /event 2 of batch 1 was changed/,
    ],
    [
      'moves in time',
      `update audit_event set stored_at = now() where seq = ${second}`,
      /event 2 of batch 1 was changed/,
    ],
    ['removes', `delete from audit_event where seq = ${second}`, /event 2 of batch 1 was removed from the log/],
    [
      'removes with its hash',
      `delete from audit_leaf where seq = ${second}; delete from audit_event where seq = ${second}`,
      /event 2 of batch 1 should come first: missing/,
    ],
    [
      'exchanges for another',
      `update audit_event set type = 'signed-out', id = gen_random_uuid() where seq = ${second}`,
      /event 2 of batch 1 was changed/,
    ],
    [
      'makes another batch of',
      `update audit_batch set count = 2, total = 2`,
      /event 3 was put into batch 1, which had 2/,
    ],
  ] as const)
    it(`${what} is found in the next export, and by the service itself within a day`, async () => {
      await asOwner(one.store, ...sql.split(';'))
      await one.chain.checkPart()
      assert.match(told.join('\n'), expected)
      assert.deepEqual((await damage())[0]?.details.faults, told)
      assert.match((await inExport()).join('\n'), expected)
    })

  it('removes with everything after it is found by the checkpoint that was kept elsewhere', async () => {
    await one.audit.recordAlone({ type: 'signed-out' })
    checkpoint = (await one.chain.newestCheckpoint())?.jws ?? ''
    await asOwner(
      one.store,
      'delete from audit_leaf where batch = 2',
      'delete from audit_batch where number = 2',
      `delete from audit_event where type = 'signed-out'`,
    )
    assert.match((await inExport()).join('\n'), /batch 2 is not the one of your checkpoint/)
  })
})
