import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { statement } from '@fobwatch/store'
import { createAttestationAuthority, createMetadataAuthority, metadataEntry, testAaguid } from '@fobwatch/testkit'
import { publisher, type Stage, setStage } from '../assurance.testing.ts'

const maker = createAttestationAuthority()
const attestation = { kind: 'certified' as const, chain: [maker.attestationKeyFor(testAaguid).certificate] }
const empty = statement<[]>('test:no-metadata', 'delete from metadata_blob')

const blob = (
  number: number,
  options: Partial<Parameters<typeof metadataEntry>[0]> = {},
  { authority = publisher, nextUpdate = '2026-12-01' } = {},
) =>
  authority.signBlob({
    number,
    nextUpdate,
    entries: [metadataEntry({ aaguid: testAaguid, roots: [maker.root], name: 'Test Key', ...options })],
  })

describe('metadata of models', () => {
  let stage: Stage
  before(async () => {
    stage = await setStage()
  })
  beforeEach(() => stage.store.run(empty, []))
  after(() => stage.close())

  const ask = { aaguid: testAaguid, attestation, organisations: [] }

  it('is none at first, and nothing is known by it', async () => {
    const room = await stage.open()
    assert.equal(room.metadataIsCurrent(), false)
    assert.equal(room.modelOf(testAaguid), undefined)
    assert.deepEqual(room.badModels(), [])
    assert.deepEqual(await room.metadataStatus(), { kind: 'none' })
    assert.equal((await room.judgeTrust(ask)).by, 'untrusted')
  })

  it('is believed as soon as it is loaded', async () => {
    const room = await stage.open()
    assert.deepEqual(await room.loadMetadata(blob(5)), { kind: 'loaded', number: 5 })
    assert.equal(room.metadataIsCurrent(), true)
    const { name, icon, statuses, certification } = room.modelOf(testAaguid) ?? {}
    assert.deepEqual([name, statuses, certification], ['Test Key', ['FIDO_CERTIFIED_L1'], 'L1'])
    assert.match(icon ?? '', /^data:image\/png/)
    assert.equal((await room.judgeTrust(ask)).by, 'metadata')
    assert.deepEqual((await stage.recorded('metadata-loaded')).at(-1), {
      ...{ number: 5, nextUpdate: '2026-12-01T00:00:00.000Z', models: 1 },
    })
  })

  it('is taken up by other instances when they look, and by those that start afterwards', async () => {
    const [first, second] = [await stage.open(), await stage.open()]
    await first.loadMetadata(blob(5))
    assert.equal(second.modelOf(testAaguid), undefined)
    await second.lookForMetadata()
    assert.equal(second.modelOf(testAaguid)?.name, 'Test Key')
    assert.equal((await stage.open()).modelOf(testAaguid)?.name, 'Test Key')
    await second.loadMetadata(blob(6, { name: 'Renamed' }))
    await first.lookForMetadata()
    assert.equal(first.modelOf(testAaguid)?.name, 'Renamed')
  })

  it('never goes back to an older number', async () => {
    const room = await stage.open()
    await room.loadMetadata(blob(7, { statuses: ['REVOKED'] }))
    for (const number of [6, 7]) assert.deepEqual(await room.loadMetadata(blob(number)), { kind: 'not newer', number })
    assert.deepEqual(room.badModels(), [testAaguid])
    const other = await stage.open()
    assert.deepEqual(await other.loadMetadata(blob(1)), { kind: 'not newer', number: 1 })
    assert.deepEqual(other.badModels(), [testAaguid])
  })

  it('ends with the highest number, however many load at once', async () => {
    const numbers = [4, 9, 2, 9, 7, 1, 8, 3]
    const rooms = await Promise.all(numbers.map(() => stage.open()))
    const loaded = await Promise.all(rooms.map((room, at) => room.loadMetadata(blob(numbers[at] ?? 0))))
    assert.equal(loaded.filter(({ kind, number }) => kind === 'loaded' && number === 9).length, 1)
    const status = await (await stage.open()).metadataStatus()
    assert.equal(status.kind === 'kept' && status.number, 9)
  })

  it('is refused from anybody else, and what there is stays', async () => {
    const room = await stage.open()
    await room.loadMetadata(blob(5))
    const stranger = createMetadataAuthority({ algorithm: 'ES256' })
    await assert.rejects(room.loadMetadata(blob(6, {}, { authority: stranger })), {
      code: 'invalid_request',
      reasons: ["The metadata's signer is not trusted: its chain of certificates, reaches no anchor."],
    })
    assert.equal((await stage.recorded('metadata-refused')).length, 1)
    assert.equal(room.modelOf(testAaguid)?.name, 'Test Key')
  })

  it('is not believed once it is too old, and what it warned of is still heeded', async () => {
    const room = await stage.open()
    await room.loadMetadata(blob(5, { statuses: ['REVOKED'] }))
    const late = await setStage()
    try {
      const aged = await late.open()
      await aged.loadMetadata(blob(5, { statuses: ['REVOKED'] }))
      late.clock.advance({ hours: 19.5 * 24 })
      assert.equal(aged.metadataIsCurrent(), true, 'on the last day of grace')
      late.clock.advance({ hours: 0.01 })
      assert.equal(aged.metadataIsCurrent(), false)
      assert.equal((await aged.judgeTrust(ask)).by, 'untrusted')
      assert.equal(aged.modelOf(testAaguid)?.name, 'Test Key', 'a name is a name')
      assert.deepEqual(aged.badModels(), [testAaguid])
      const status = await aged.metadataStatus()
      assert.equal(status.kind === 'kept' && status.current, false)
    } finally {
      await late.close()
    }
  })

  it('heeds a report from its day on', async () => {
    const late = await setStage()
    try {
      const room = await late.open()
      await room.loadMetadata(
        blob(5, { statuses: [{ status: 'USER_VERIFICATION_BYPASS', effectiveDate: '2026-11-26' }] }),
      )
      assert.deepEqual([room.badModels(), room.modelOf(testAaguid)?.statuses], [[], []])
      late.clock.advance({ hours: 12 })
      assert.deepEqual(room.badModels(), [testAaguid])
    } finally {
      await late.close()
    }
  })

  it('is not used when its publisher is another than it was, and gives way to any of the new one’s', async () => {
    const stranger = createMetadataAuthority({ algorithm: 'ES256' })
    const told = stage.told.length
    await (await stage.open()).loadMetadata(blob(500))
    const room = await stage.open({ authority: stranger })
    assert.equal(room.modelOf(testAaguid), undefined)
    assert.equal(stage.told.length, told + 1)
    assert.deepEqual(await room.metadataStatus(), { kind: 'not believed' })
    assert.deepEqual(await room.loadMetadata(blob(3, {}, { authority: stranger })), { kind: 'loaded', number: 3 })
    assert.equal(room.modelOf(testAaguid)?.name, 'Test Key')
    assert.deepEqual(await room.loadMetadata(blob(2, {}, { authority: stranger })), { kind: 'not newer', number: 2 })
  })

  it('stays believed after its signer’s certificate ran out, having been signed in time', async () => {
    const late = await setStage()
    const authority = createMetadataAuthority({
      algorithm: 'ES256',
      signer: { notAfter: new Date('2026-11-25T13:00:00Z') },
    })
    try {
      await (await late.open({ authority })).loadMetadata(blob(5, {}, { authority }))
      late.clock.advance({ hours: 2 })
      const room = await late.open({ authority })
      assert.equal(room.metadataIsCurrent(), true)
      await assert.rejects(room.loadMetadata(blob(6, {}, { authority })), { code: 'invalid_request' })
    } finally {
      await late.close()
    }
  })
})
