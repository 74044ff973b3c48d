import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAttestationAuthority, metadataEntry, testAaguid } from '@fobwatch/testkit'
import { certificationOf, type Model, statusesOf } from './model.ts'
import { readEntry } from './read-entry.ts'

const time = new Date('2026-11-25T12:00:00Z')
const { root, attestationKeyFor } = createAttestationAuthority()

const modelOf = (options: Partial<Parameters<typeof metadataEntry>[0]> = {}): Model => {
  const [aaguid, model] = readEntry(metadataEntry({ aaguid: testAaguid, roots: [root], ...options })) ?? []
  assert.equal(aaguid, testAaguid)
  return model ?? assert.fail()
}

describe('an entry of the metadata', () => {
  it('says what a model is called, and what its chains end in', () => {
    const { name, roots, icon } = modelOf({ name: 'Test Key 5' })
    assert.equal(name, 'Test Key 5')
    assert.deepEqual(roots, [root])
    assert.match(icon ?? '', /^data:image\/png;base64,/)
  })

  it('is heeded for what was reported, where its statement is missing or cannot be read', () => {
    const entry = metadataEntry({ aaguid: testAaguid, roots: [root], statuses: ['REVOKED'] })
    const changes = [undefined, null, 'x', {}, { description: 'Test', keyProtection: 'hardware' }]
    for (const metadataStatement of changes) {
      const [aaguid, model] = readEntry({ ...entry, metadataStatement }) ?? []
      assert.ok(model)
      assert.deepEqual([aaguid, model.name, model.roots], [testAaguid, testAaguid, []])
      assert.deepEqual([model.keyProtection, statusesOf(model, time)], ['unknown', ['REVOKED']])
    }
  })

  it('is known by its AAGUID however that is spelt', () => {
    const [aaguid] = readEntry(metadataEntry({ aaguid: testAaguid.toUpperCase(), roots: [] })) ?? []
    assert.equal(aaguid, testAaguid)
  })

  it('gives a picture only where it is a PNG of a sensible size', () => {
    for (const icon of [
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:image/png;base64,x" onerror="alert(1)',
      'https://maker.example/icon.png',
      'data:text/html,<script>alert(1)</script>',
      `data:image/png;base64,${'A'.repeat(200_000)}`,
      '',
    ])
      assert.equal(modelOf({ icon }).icon, null)
    assert.equal(modelOf({ statement: { icon: 7 } }).icon, null)
  })

  it('says that keys are in hardware only where nothing is said of software', () => {
    for (const [keyProtection, said] of [
      [['hardware'], 'hardware'],
      [['hardware', 'secure_element'], 'hardware'],
      [['hardware', 'tee'], 'hardware'],
      [['hardware', 'software'], 'software'],
      [['software'], 'software'],
      [['tee'], 'unknown'],
      [['remote_handle'], 'unknown'],
      [[], 'unknown'],
    ] as const)
      assert.equal(modelOf({ keyProtection }).keyProtection, said, keyProtection.join())
  })

  it('names every method by which the user may be verified, and none that verifies nobody', () => {
    const userVerification = [
      ['none'],
      ['presence_internal', 'passcode_external'],
      ['fingerprint_internal'],
      ['passcode_external'],
    ]
    assert.deepEqual(modelOf({ userVerification }).methods, ['passcode_external', 'fingerprint_internal'])
    assert.deepEqual(modelOf({ userVerification: [] }).methods, [])
    assert.deepEqual(modelOf({ statement: { userVerificationDetails: undefined } }).methods, [])
  })

  it('knows a smartcard by how it is read, and by no way besides', () => {
    for (const [transports, said] of [
      [['smart-card'], true],
      [['nfc', 'smart-card'], true],
      [['usb', 'smart-card'], false],
      [['internal', 'smart-card'], false],
      [['nfc'], false],
    ] as const)
      assert.equal(modelOf({ statement: { authenticatorGetInfo: { transports } } }).smartcard, said, transports.join())
    assert.equal(modelOf({ statement: { authenticatorGetInfo: undefined } }).smartcard, false)
  })

  it('has statuses from their day on, and from ever where no day is given', () => {
    const statuses = [
      { status: 'FIDO_CERTIFIED_L1', effectiveDate: '2020-01-01' },
      { status: 'REVOKED', effectiveDate: '2026-11-26' },
      { status: 'UPDATE_AVAILABLE' },
      { status: 'NOT_FIDO_CERTIFIED', effectiveDate: 'whenever' },
    ]
    const model = modelOf({ statuses })
    assert.deepEqual(statusesOf(model, time), ['FIDO_CERTIFIED_L1', 'UPDATE_AVAILABLE', 'NOT_FIDO_CERTIFIED'])
    assert.ok(statusesOf(model, new Date('2026-11-26')).includes('REVOKED'))
  })

  it('has a status for the whole model where the certificate that it names cannot be read', () => {
    for (const certificate of ['not base64!', 7, {}, '']) {
      const statusReports = [{ status: 'ATTESTATION_KEY_COMPROMISE', certificate }, { status: 'REVOKED' }]
      const [, model] = readEntry({ ...metadataEntry({ aaguid: testAaguid, roots: [root] }), statusReports }) ?? []
      assert.deepEqual(model && statusesOf(model, time), ['ATTESTATION_KEY_COMPROMISE', 'REVOKED'])
    }
  })

  it('has a status that names a certificate for those whose chain holds it', () => {
    const { certificate } = attestationKeyFor(testAaguid)
    for (const member of ['certificate', 'batchCertificate']) {
      const report = { status: 'ATTESTATION_KEY_COMPROMISE', [member]: certificate.toString('base64') }
      const model = modelOf({ statuses: [report] })
      assert.deepEqual(statusesOf(model, time), [])
      assert.deepEqual(statusesOf(model, time, [root]), [])
      assert.deepEqual(statusesOf(model, time, [certificate, root]), ['ATTESTATION_KEY_COMPROMISE'])
    }
    const whole = modelOf({ statuses: ['ATTESTATION_KEY_COMPROMISE'] })
    assert.deepEqual(statusesOf(whole, time), ['ATTESTATION_KEY_COMPROMISE'])
  })

  it('has the highest level that it was certified at', () => {
    assert.equal(certificationOf(['FIDO_CERTIFIED_L1', 'FIDO_CERTIFIED_L2plus', 'FIDO_CERTIFIED_L2']), 'L2plus')
    assert.equal(certificationOf(['FIDO_CERTIFIED', 'NOT_FIDO_CERTIFIED', 'FIDO_CERTIFIED_L9']), null)
  })
})
