import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { SessionView } from '@fobwatch/contracts'
import {
  type Attestation,
  type AttestationAuthority,
  type CertificateContents,
  createAttestationAuthority,
  createSoftwareAuthenticator,
  type MetadataEntryOptions,
  metadataEntry,
  type RegistrationMisbehaviour,
} from '@fobwatch/testkit'
import { believingPublisher, newAaguid, publishMetadata } from '../../attested.testing.ts'
import { addPerson, setUp, signInHere, sql, startService, type TestService } from '../../service.testing.ts'

const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const certifiedFormats = ['packed', 'tpm', 'android-key', 'apple'] as const

describe('a device that is set up', () => {
  let service: TestService
  before(async () => {
    service = await startService({ environment: believingPublisher() })
  })
  after(() => service.close())

  const publish = (...entries: MetadataEntryOptions[]) => publishMetadata(service, entries.map(metadataEntry))

  interface Device {
    aaguid: string
    authority: AttestationAuthority
    attestation?: Attestation
    misbehave?: RegistrationMisbehaviour
  }
  const register = async ({ aaguid, authority, attestation = 'packed', misbehave }: Device) => {
    const device = createSoftwareAuthenticator({ aaguid, authority, attestation, algorithms: [-7] })
    const person = await addPerson(service)
    const page = await setUp(service, person.id, device, misbehave && { misbehave })
    const [stored] = await sql<{ trust: string; facts: { keyProtection: string } | null }>(
      service,
      'select attestation_trust as trust, trusted_facts as facts from authenticator where person_id = $1',
      person.id,
    )
    return { status: page.status, ...page.json<{ error?: string; reasons?: string[] }>(), stored }
  }

  describe('and whose statement says that its key is not in hardware to stay', () => {
    const attributesAt = 4
    const tpmWithout = (attribute: number) => ({
      mutate: {
        pubArea: (honest: Buffer) => {
          const area = Buffer.from(honest)
          area.writeUInt32BE(area.readUInt32BE(attributesAt) & ~attribute, attributesAt)
          return area
        },
      },
    })
    /** The security levels of what speaks for the key and of what keeps it; honest ones are of hardware, which is 1. */
    const describedAs = (levels: string) => ({
      mutate: {
        certificate: (honest: CertificateContents) => ({
          ...honest,
          extensions: honest.extensions.map(({ value, ...rest }) => ({
            ...rest,
            value: Buffer.from(value.toString('hex').replace('0a01010201040a0101', levels), 'hex'),
          })),
        }),
      },
    })
    const cases: Record<string, [Attestation, RegistrationMisbehaviour]> = {
      'may leave the TPM': ['tpm', tpmWithout(0x02)],
      'may be moved within the TPM': ['tpm', tpmWithout(0x10)],
      'was brought into the TPM': ['tpm', tpmWithout(0x20)],
      'is kept by the system of a phone': ['android-key', describedAs('0a01010201040a0100')],
      'is spoken for by the system of a phone': ['android-key', describedAs('0a01000201040a0101')],
    }

    for (const [name, [attestation, misbehave]] of Object.entries(cases))
      it(`has its maker confirmed and no hardware: a key that ${name}`, async () => {
        const [aaguid, authority] = [newAaguid(), createAttestationAuthority()]
        await publish({ aaguid, roots: [authority.root] })
        const honest = await register({ aaguid, authority, attestation })
        assert.deepEqual([honest.status, honest.stored?.facts?.keyProtection], [200, 'hardware'])
        const { status, stored } = await register({ aaguid, authority, attestation, misbehave })
        assert.deepEqual([status, stored?.trust, stored?.facts?.keyProtection], [200, 'metadata', 'unknown'])
      })
  })

  for (const attestation of certifiedFormats) {
    const authority = createAttestationAuthority({ intermediates: [{}] })

    it(`is trusted by metadata in the format ${attestation}, where its chain ends in the model’s anchor`, async () => {
      const aaguid = newAaguid()
      await publish({ aaguid, roots: [authority.root] })
      const { status, stored } = await register({ aaguid, authority, attestation })
      assert.deepEqual([status, stored?.trust, stored?.facts?.keyProtection], [200, 'metadata', 'hardware'])
    })

    it(`line 10: is not trusted in the format ${attestation} for a home-made root, nor for carrying it`, async () => {
      const aaguid = newAaguid()
      await publish({ aaguid, roots: [authority.root] })
      for (const chain of ['home-made', 'home-made-with-root'] as const) {
        const { status, stored } = await register({ aaguid, authority, attestation, misbehave: { chain } })
        assert.deepEqual([status, stored], [200, { trust: 'untrusted', facts: null }], chain)
      }
    })
  }

  it('is Windows Hello, and stays trusted by metadata whatever its entry says of how it signs', async () => {
    const authority = createAttestationAuthority({ intermediates: [{ pathLength: 0 }] })
    // What the published entry has said, and a genuine device does not keep to.
    const quirks = {
      attestationTypes: ['ecdaa'],
      authenticationAlgorithms: ['rsassa_pkcsv15_sha256_raw'],
      publicKeyAlgAndEncodings: ['rsa_2048_raw'],
    }
    for (const statement of [
      quirks,
      { attestationTypes: [], authenticationAlgorithms: [], publicKeyAlgAndEncodings: [] },
    ]) {
      await publish({ aaguid: windowsHello, roots: [authority.root], statement })
      const { status, stored } = await register({ aaguid: windowsHello, authority, attestation: 'tpm' })
      assert.deepEqual([status, stored?.trust, stored?.facts?.keyProtection], [200, 'metadata', 'hardware'])
    }
  })

  for (const reported of [
    ...['REVOKED', 'USER_VERIFICATION_BYPASS', 'ATTESTATION_KEY_COMPROMISE'],
    ...['USER_KEY_REMOTE_COMPROMISE', 'USER_KEY_PHYSICAL_COMPROMISE'],
  ])
    it(`line 10: is refused with nothing stored, where its model is reported as ${reported}`, async () => {
      const authority = createAttestationAuthority()
      const aaguid = newAaguid()
      const entry = { aaguid, roots: [authority.root] }
      await publish({ ...entry, statuses: ['FIDO_CERTIFIED_L1', { status: reported, effectiveDate: '2999-01-01' }] })
      assert.equal((await register({ aaguid, authority })).status, 200, 'not in effect yet')

      await publish({ ...entry, statuses: ['FIDO_CERTIFIED_L1', reported] })
      for (const attestation of ['packed', 'none'] as const) {
        const { status, error, stored } = await register({ aaguid, authority, attestation })
        assert.deepEqual([status, error, stored], [400, 'policy_refuses', undefined])
      }
    })

  it('is a strong check while its organisation’s anchor is there, and a standard one from the next log in on', async () => {
    const authority = createAttestationAuthority()
    const device = createSoftwareAuthenticator({ authority, attestation: 'packed', aaguid: newAaguid() })
    const { assurance } = service.rooms
    const anchor = await assurance.addAnchor({
      ...{ name: 'n', pem: authority.rootPem, organisationCode: undefined, hardware: true, platform: 'ios' },
    })
    const person = await addPerson(service)
    assert.equal((await setUp(service, person.id, device, { how: 'in-person' })).status, 200)

    const levelsNow = async () => {
      const signedIn = await signInHere(service, device)
      const { assuranceLevel, reachableLevel } = (await signedIn.get('/api/session')).json<SessionView>()
      return [assuranceLevel, reachableLevel]
    }
    assert.deepEqual(await levelsNow(), [3, 3])
    await assurance.removeAnchor(anchor)
    assert.deepEqual(await levelsNow(), [2, 2])
  })

  describe('with a chain that says where its revocations are', () => {
    let listener: Server
    let visits = 0
    let crlAddress: string
    before(async () => {
      listener = createServer((socket) => {
        visits += 1
        socket.destroy()
      })
      await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening))
      crlAddress = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/crl`
    })
    after(() => new Promise((closed) => listener.close(closed)))

    for (const attestation of certifiedFormats)
      it(`line 11: opens no connection in the format ${attestation}, trusted or not`, async () => {
        const authority = createAttestationAuthority({ crlAddress, intermediates: [{}] })
        const aaguid = newAaguid()
        const trustOf = async (chain?: 'home-made-with-root') =>
          (await register({ aaguid, authority, attestation, ...(chain && { misbehave: { chain } }) })).stored?.trust
        assert.equal(await trustOf(), 'untrusted')
        assert.equal(await trustOf('home-made-with-root'), 'untrusted')

        const { assurance } = service.rooms
        const options = { name: 'n', organisationCode: undefined, hardware: false, platform: null }
        const anchor = await assurance.addAnchor({ ...options, pem: authority.rootPem })
        assert.equal(await trustOf(), 'organisation')
        await assurance.removeAnchor(anchor)

        await publish({ aaguid, roots: [authority.root] })
        assert.equal(await trustOf(), 'metadata')
        assert.equal(visits, 0)
      })
  })
})
