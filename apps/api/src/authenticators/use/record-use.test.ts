import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { addPerson, enrol, startService } from '../../service.testing.ts'
import { recordUse } from './record-use.ts'
import { useStore } from './store.ts'

const verdict = { level: 2 as const, reasons: ['we could not confirm the maker'] }
const at = new Date('2026-11-21T09:00:00Z')
const row = statement<[string], { signCount: number; backupState: boolean; lastUsedAt: Date | null }>(
  'test:use',
  'select sign_count as "signCount", backup_state as "backupState", last_used_at as "lastUsedAt" from authenticator where id = $1',
)
const revoke = statement<[string]>('test:revoke', `update authenticator set status = 'revoked' where id = $1`)

describe('using an authenticator', () => {
  let service: Awaited<ReturnType<typeof startService>>
  let personId: string
  before(async () => {
    service = await startService()
  })
  beforeEach(async () => {
    personId = (await addPerson(service)).id
  })
  after(() => service.close())

  const setUp = async (start: number, backupEligible = false) => {
    const device = createSoftwareAuthenticator({ counter: { start, step: 1 }, backupEligible })
    return { device, id: (await enrol(service, personId, device)).enrolled.id }
  }
  const use = (id: string, signCount: number, backupState = false) =>
    service.store.inTransaction((tx) =>
      recordUse({ store: useStore(service.store) })(tx, { id, signCount, backupState, verdict, at }),
    )
  const counted = async (id: string) => (await service.store.row(row, [id]))?.signCount

  it('line 18: stores what was asserted, and nothing worked out from it', async () => {
    const { id } = await setUp(5)
    assert.equal(await use(id, 900), 'recorded')
    assert.equal(await counted(id), 900)
    assert.equal(await use(id, 4_294_967_295), 'recorded')
    assert.equal(await counted(id), 4_294_967_295)
  })

  it('line 18: takes a counter that does not grow for a clone, and 0 after more', async () => {
    const { id } = await setUp(5)
    for (const signCount of [5, 4, 1, 0]) assert.equal(await use(id, signCount), 'cloned')
    assert.equal(await counted(id), 5)
    assert.equal(await use(id, 6), 'recorded')
  })

  it('line 18: lets a passkey that never counts stay at 0, and begin to count', async () => {
    const { id } = await setUp(0, true)
    assert.equal(await use(id, 0, true), 'recorded')
    assert.equal(await use(id, 0, true), 'recorded')
    assert.equal(await use(id, 1, true), 'recorded')
    assert.equal(await use(id, 0, true), 'cloned')
  })

  it('line 18: records one of 16 clones that race with one counter', async () => {
    const { id } = await setUp(5)
    const results = await Promise.all(Array.from({ length: 16 }, () => use(id, 6)))
    assert.equal(results.filter((result) => result === 'recorded').length, 1)
    assert.equal(results.filter((result) => result === 'cloned').length, 15)
  })

  it('keeps when it was used, and whether it is backed up now', async () => {
    const { id } = await setUp(0, true)
    await use(id, 0, true)
    assert.deepEqual(await service.store.row(row, [id]), { signCount: 0, backupState: true, lastUsedAt: at })
  })

  it('line 17: is refused once the authenticator is removed, though it was found before', async () => {
    const { id } = await setUp(5)
    await service.store.run(revoke, [id])
    await assert.rejects(use(id, 6), { code: 'sign_in_refused' })
    assert.equal(await counted(id), 5)
  })
})
