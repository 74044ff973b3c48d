import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAttestationAuthority, testAaguid } from '@fobwatch/testkit'
import { sql, startService, type TestService, untilBlocked } from '../../service.testing.ts'

const maker = createAttestationAuthority({ organisation: 'Anchor Tests' })
const attestation = { kind: 'certified' as const, chain: [maker.attestationKeyFor(testAaguid).certificate] }

describe('anchors', () => {
  let service: TestService
  let hospital: string
  let clinic: string
  before(async () => {
    service = await startService()
    const { access } = service.rooms
    const add = (code: string) => service.store.inTransaction((tx) => access.addOrganisation(tx, { code, name: code }))
    hospital = await add('AN001')
    clinic = await add('AN002')
  })
  after(() => service.close())

  const add = (anchor: Partial<Parameters<TestService['rooms']['assurance']['addAnchor']>[0]> = {}) =>
    service.rooms.assurance.addAnchor({
      ...{ name: 'Tests', pem: maker.rootPem, organisationCode: undefined, hardware: false, platform: null },
      ...anchor,
    })
  const trustAt = (...organisations: string[]) =>
    service.rooms.assurance.judgeTrust({ aaguid: testAaguid, attestation, organisations })
  const lastEvent = async () =>
    (await sql(service, 'select type, details from audit_event order by seq desc limit 1'))[0]

  it('of an organisation count for its people, until they are removed', async () => {
    assert.equal((await trustAt(hospital)).by, 'untrusted')
    const anchor = await add({ organisationCode: 'AN001', hardware: true, platform: 'ios' })
    assert.deepEqual(await lastEvent(), {
      type: 'anchor-added',
      details: { anchor, organisation: hospital, hardware: true, platform: 'ios' },
    })
    const { by, facts } = await trustAt(clinic, hospital)
    assert.deepEqual([by, facts?.keyProtection, facts?.platform], ['organisation', 'hardware', 'ios'])
    assert.equal((await trustAt(clinic)).by, 'untrusted')
    assert.equal((await trustAt()).by, 'untrusted')

    await service.rooms.assurance.removeAnchor(anchor)
    assert.deepEqual(await lastEvent(), { type: 'anchor-removed', details: { anchor } })
    assert.equal((await trustAt(hospital)).by, 'untrusted')
    await assert.rejects(service.rooms.assurance.removeAnchor(anchor), { code: 'not_found' })
  })

  it('of nobody count for everyone', async () => {
    const anchor = await add()
    assert.equal((await trustAt()).by, 'organisation')
    assert.equal((await trustAt(clinic)).by, 'organisation')
    await service.rooms.assurance.removeAnchor(anchor)
  })

  it('are there once, for each of whom they count for', async () => {
    const anchors = [await add(), await add({ organisationCode: 'AN001' })]
    const listed = await service.rooms.assurance.listAnchors()
    assert.deepEqual(
      listed.map(({ id, organisationCode }) => [id, organisationCode]),
      [
        [anchors[0], null],
        [anchors[1], 'AN001'],
      ],
    )
    await assert.rejects(add(), { code: 'invalid_request', reasons: ['This certificate is an anchor already.'] })
    for (const anchor of anchors) await service.rooms.assurance.removeAnchor(anchor)
    assert.ok(await add(), 'and again once they were removed')
  })

  it('line 1: are there once, though two add one at once', async () => {
    const { keepAnchor } = service.rooms.assurance
    const anchor = { name: 'Twice', pem: createAttestationAuthority().rootPem, hardware: false, platform: null }
    const keep = (tx: Parameters<typeof keepAnchor>[0]) => keepAnchor(tx, { ...anchor, organisationId: hospital })
    const { second } = await service.store.inTransaction(async (tx) => {
      await keep(tx)
      let hasEnded = false
      const second = service.store
        .inTransaction(keep)
        .then(
          () => 'added',
          ({ reasons }: { reasons: string[] }) => reasons[0],
        )
        .finally(() => (hasEnded = true))
      await untilBlocked(service, 1, () => hasEnded)
      return { second }
    })
    assert.equal(await second, 'This certificate is an anchor already.')
  })

  it('are one certificate, which can be read and is valid', async () => {
    const unreadable = 'The file has no certificate in PEM that can be read.'
    const spoilt = maker.rootPem.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA')
    for (const pem of ['', 'nonsense', spoilt, maker.rootPem.replaceAll('CERTIFICATE', 'PUBLIC KEY')])
      await assert.rejects(add({ pem }), { code: 'invalid_request', reasons: [unreadable] })
    const [several] = [`${maker.rootPem}${createAttestationAuthority().rootPem}`]
    await assert.rejects(add({ pem: several }), {
      reasons: ['An anchor is one certificate, and the file has several.'],
    })
    for (const dates of [{ notAfter: new Date('2021-01-01') }, { notBefore: new Date('2049-01-01') }])
      await assert.rejects(add({ pem: createAttestationAuthority(dates).rootPem }), {
        reasons: ['This certificate is not valid at present.'],
      })
  })

  it('are refused for an organisation that there is not, and removed by an id alone', async () => {
    await assert.rejects(add({ organisationCode: 'NONE' }), { reasons: ['No organisation has the code NONE.'] })
    for (const id of ['', 'x', testAaguid, `' or 1 = 1`])
      await assert.rejects(service.rooms.assurance.removeAnchor(id), { code: 'not_found' })
  })
})
