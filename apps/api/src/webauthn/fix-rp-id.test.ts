import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createWebauthn } from './index.ts'

describe('the RP ID', () => {
  let database: TestDatabase
  let store: Store
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })
  const start = (rpId: string) =>
    createWebauthn({ store, now: () => new Date(), rpId, rpName: 'Fobwatch', origins: [`https://${rpId}`] }).fixRpId()

  it('is fixed by the first of those that start at once, and for good', async () => {
    const ids = Array.from({ length: 8 }, (_, number) => `id-${number % 2}.example`)
    const results = await Promise.allSettled(ids.map(start))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 4)
  })

  it('cannot be changed, and the message says what that would break and what to do', async () => {
    const kept = await start('id-0.example').then(
      () => 'id-0.example',
      () => 'id-1.example',
    )
    await start(kept)
    await assert.rejects(start('new.example'), (error: Error) => {
      for (const part of [kept, 'new.example', 'No passkey', 'FOBWATCH_RP_ID'])
        assert.ok(error.message.includes(part), part)
      return true
    })
  })
})
