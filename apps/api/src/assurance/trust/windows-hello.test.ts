import assert from 'node:assert/strict'
import { createHash, KeyObject, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { createSoftwareAuthenticator, metadataEntry } from '@fobwatch/testkit'
import { verifyRegistration } from '#webauthn'
import { type Statement, tpmExtensions, tpmStatement } from '../../webauthn/statements.testing.ts'
import { readEntry } from '../metadata/read-entry.ts'
import { Extension, type Issued, issue } from './certificates.testing.ts'
import { trustOf } from './judge-trust.ts'

const origin = 'https://id.example'
const rp = { id: 'id.example', name: 'Fobwatch' }
const windowsHello = '08987058-cadc-4b81-b6e1-30de50dcbe96'
const time = new Date('2026-11-25T12:00:00Z')

/** Sets Windows Hello up: its TPM certifies the key, and Microsoft the TPM's attestation key. */
const register = async (attestationKey: Issued, ...authorities: Issued[]) => {
  const device = createSoftwareAuthenticator({ aaguid: windowsHello, attestation: 'packed-self', algorithms: [-7] })
  const by = {
    privateKey: KeyObject.from(attestationKey.keys.privateKey),
    chain: [attestationKey, ...authorities].map(({ certificate }) => certificate),
  }
  const challenge = randomBytes(32).toString('base64url')
  const user = { id: 'AAAA', name: 'n', displayName: 'N' }
  let clientDataHash = Buffer.alloc(0)
  const response = device.register(
    { rp, user, challenge, pubKeyCredParams: [{ type: 'public-key', alg: -7 }], attestation: 'direct' },
    {
      origin,
      misbehave: {
        attestationFormat: 'tpm',
        mutate: {
          clientDataJSON: (bytes) => {
            clientDataHash = createHash('sha256').update(bytes).digest()
            return bytes
          },
          attestation: (honest) => {
            const statement: Statement = tpmStatement(
              { authData: honest.get('authData') as Buffer, clientDataHash },
              by,
            )
            return new Map(honest).set('attStmt', statement)
          },
        },
      },
    },
  )
  return verifyRegistration(response, {
    ...{ rpId: rp.id, origins: [origin], challenge, topOrigins: [], userVerification: 'required' },
  })
}

/** What the published entry says of itself that a genuine Windows Hello does not keep to. */
const quirks = {
  attestationTypes: ['ecdaa'],
  authenticationAlgorithms: ['rsassa_pkcsv15_sha256_raw'],
  publicKeyAlgAndEncodings: ['rsa_2048_raw'],
}

describe('Windows Hello under metadata', () => {
  it('stays trusted, whatever its entry says of algorithms, encodings and attestation types', async () => {
    const root = await issue({ name: 'CN=TPM Root', authority: true })
    const middle = await issue({ name: 'CN=TPM Authority', by: root, authority: true, below: 0 })
    const extensions = [
      new Extension('2.5.29.37', false, tpmExtensions['2.5.29.37']),
      new Extension('2.5.29.17', true, tpmExtensions['2.5.29.17']),
    ]
    const attestationKey = await issue({ name: '', by: middle, extensions })
    const { aaguid, attestation } = await register(attestationKey, middle)
    assert.deepEqual([aaguid, attestation.format, attestation.kind], [windowsHello, 'tpm', 'certified'])

    const entryWith = (statement: object) => {
      const [, model] = readEntry(metadataEntry({ aaguid: windowsHello, roots: [root.certificate], statement })) ?? []
      return model ?? assert.fail()
    }
    for (const statement of [{}, quirks, ...Object.entries(quirks).map(([member]) => ({ [member]: [] }))]) {
      const trust = await trustOf({ aaguid, attestation }, { model: entryWith(statement), anchors: [], time })
      assert.equal(trust.by, 'metadata')
      assert.equal(trust.facts?.keyProtection, 'hardware')
    }
  })
})
