import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAttestationAuthority, metadataEntry, type StatusReport, testAaguid } from '@fobwatch/testkit'
import type { Model } from '../metadata/model.ts'
import { readEntry } from '../metadata/read-entry.ts'
import { type Anchor, type Grounds, trustOf } from './trust-of.ts'

const time = new Date('2026-11-25T12:00:00Z')
const zeros = '00000000-0000-0000-0000-000000000000'
const maker = createAttestationAuthority({ intermediates: [{}] })
const { chain } = maker.attestationKeyFor(testAaguid)

const entryWith = (options: Partial<Parameters<typeof metadataEntry>[0]> = {}): Model =>
  readEntry(metadataEntry({ aaguid: testAaguid, roots: [maker.root], ...options }))?.[1] ?? assert.fail()
const anchor: Anchor = { certificate: maker.root, hardware: true, platform: null }
const untrusted = { by: 'untrusted', facts: null }

const trust = (grounds: Partial<Grounds>, aaguid = testAaguid, kind: 'none' | 'self' | 'certified' = 'certified') =>
  trustOf(
    { aaguid, attestation: { kind, chain: kind === 'certified' ? chain : [] } },
    { model: undefined, anchors: [], time, ...grounds },
  )

describe('what stands behind a maker’s word', () => {
  it('is nothing where nothing is configured', async () => {
    assert.deepEqual(await trust({}), untrusted)
  })

  it('is metadata, where the chain ends in an anchor of the model', async () => {
    assert.deepEqual(await trust({ model: entryWith({ statuses: ['FIDO_CERTIFIED_L1', 'FIDO_CERTIFIED_L2'] }) }), {
      by: 'metadata',
      facts: {
        keyProtection: 'hardware',
        methods: ['passcode_external'],
        smartcard: false,
        certification: 'L2',
        statuses: ['FIDO_CERTIFIED_L1', 'FIDO_CERTIFIED_L2'],
        platform: null,
      },
    })
  })

  it('is not metadata, where the chain ends elsewhere', async () => {
    const other = createAttestationAuthority()
    assert.deepEqual(await trust({ model: entryWith({ roots: [other.root] }) }), untrusted)
    assert.deepEqual(await trust({ model: entryWith({ roots: [] }) }), untrusted)
  })

  it('is never metadata for a model that says no name', async () => {
    assert.deepEqual(await trust({ model: entryWith() }, zeros), untrusted)
    assert.equal((await trust({ model: entryWith(), anchors: [anchor] }, zeros)).by, 'organisation')
  })

  it('is an organisation, where the chain ends in an anchor of its, and is what it vouches for', async () => {
    const facts = { methods: [], smartcard: false, certification: null, statuses: [] }
    assert.deepEqual(await trust({ anchors: [anchor] }), {
      by: 'organisation',
      facts: { ...facts, keyProtection: 'hardware', platform: null },
    })
    assert.deepEqual(await trust({ anchors: [{ ...anchor, hardware: false, platform: 'ios' }] }), {
      by: 'organisation',
      facts: { ...facts, keyProtection: 'unknown', platform: 'ios' },
    })
  })

  it('is no hardware for a key that the statement says is not in it, or can leave it', async () => {
    const attestation = { kind: 'certified', chain, outside: true } as const
    const protection = async (grounds: Partial<Grounds>) => {
      const told = { model: undefined, anchors: [], time, ...grounds }
      return (await trustOf({ aaguid: testAaguid, attestation }, told)).facts?.keyProtection
    }
    assert.equal(await protection({ model: entryWith() }), 'unknown')
    assert.equal(await protection({ anchors: [anchor] }), 'unknown')
    assert.equal(await protection({ model: entryWith({ keyProtection: ['software'] }) }), 'software')
  })

  it('is metadata before an organisation, and an organisation where metadata says nothing', async () => {
    assert.equal((await trust({ model: entryWith(), anchors: [anchor] })).by, 'metadata')
    assert.equal((await trust({ model: entryWith({ roots: [] }), anchors: [anchor] })).by, 'organisation')
  })

  it('is nothing for whoever brings no certificate, whatever is configured', async () => {
    for (const kind of ['none', 'self'] as const)
      assert.deepEqual(await trust({ model: entryWith(), anchors: [anchor] }, testAaguid, kind), {
        by: kind,
        facts: null,
      })
  })

  it('line 10: tells what was reported of the model, and of each certificate up to the anchor', async () => {
    const statusesWith = async (report: Partial<StatusReport> & { certificate?: string }) => {
      const { facts } = await trust({
        model: entryWith({ statuses: [{ status: 'ATTESTATION_KEY_COMPROMISE', ...report }] }),
      })
      return facts?.statuses
    }
    const compromised = ['ATTESTATION_KEY_COMPROMISE']
    assert.deepEqual(await statusesWith({}), compromised)
    for (const each of [...chain, maker.root])
      assert.deepEqual(await statusesWith({ certificate: each.toString('base64') }), compromised)
    const another = createAttestationAuthority().root.toString('base64')
    assert.deepEqual(await statusesWith({ certificate: another }), [])
    assert.deepEqual(await statusesWith({ effectiveDate: '2026-11-26' }), [])
  })
})
