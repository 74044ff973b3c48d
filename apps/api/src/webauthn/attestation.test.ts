import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store } from '@fobwatch/store'
import { createSoftwareAuthenticator, createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createWebauthn, type Webauthn } from './index.ts'
import {
  androidKeyStatement,
  appleStatement,
  type KeyDescription,
  keystore,
  type Registered,
  type Statement,
  tpmStatement,
} from './statements.testing.ts'

const origin = 'https://id.example'
const boundTo = 'test'
const user = { handle: Buffer.alloc(32, 9), name: 'n', displayName: 'N' }

describe('attestation of phones and computers', () => {
  let database: TestDatabase
  let store: Store
  let webauthn: Webauthn
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
    webauthn = createWebauthn({
      store,
      now: () => new Date(),
      rpId: 'id.example',
      rpName: 'Fobwatch',
      origins: [origin],
    })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  /** Registers with a statement made from what the authenticator signed, its own statement among it. */
  const register = async (format: string, statementOf: (registered: Registered, self: Statement) => Statement) => {
    const device = createSoftwareAuthenticator({ attestation: 'packed-self', algorithms: [-7] })
    let clientDataHash = Buffer.alloc(0)
    const response = device.register(await webauthn.beginRegistration({ boundTo, user, exclude: [] }), {
      origin,
      misbehave: {
        attestationFormat: format,
        mutate: {
          clientDataJSON: (bytes) => {
            clientDataHash = createHash('sha256').update(bytes).digest()
            return bytes
          },
          attestation: (honest) => {
            const [authData, self] = [honest.get('authData') as Buffer, honest.get('attStmt') as Statement]
            return new Map(honest).set('attStmt', statementOf({ authData, clientDataHash }, self))
          },
        },
      },
    })
    return webauthn.finishRegistration({ boundTo, response })
  }
  const spoilt = (buffer: Uint8Array): Buffer => {
    const copy = Buffer.from(buffer)
    copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1)
    return copy
  }
  const invalid = { code: 'attestation_invalid' }

  it('takes Apple’s, and does not trust it', async () => {
    assert.equal((await register('apple', (registered) => appleStatement(registered))).attestation.kind, 'certified')
    await assert.rejects(
      register('apple', (registered) => appleStatement(registered, Buffer.alloc(32))),
      invalid,
    )
  })

  it('takes that of a TPM, as Windows Hello makes it, and does not trust it', async () => {
    assert.equal((await register('tpm', tpmStatement)).attestation.kind, 'certified')
    for (const part of ['sig', 'certInfo', 'pubArea'] as const)
      await assert.rejects(
        register('tpm', (registered) => {
          const statement = tpmStatement(registered)
          return statement.set(part, spoilt(statement.get(part) as Buffer))
        }),
        invalid,
        part,
      )
  })

  describe('of an Android Keystore', () => {
    const describing = (description: KeyDescription) => (registered: Registered, self: Statement) =>
      androidKeyStatement(registered, self, description)

    it('is taken, and not trusted', async () => {
      const { attestation } = await register('android-key', describing({}))
      assert.deepEqual([attestation.format, attestation.kind], ['android-key', 'certified'])
    })

    it('is taken when its lists say nothing, or the software list says it', async () => {
      assert.ok(await register('android-key', describing({ hardware: [] })))
      assert.ok(
        await register(
          'android-key',
          describing({ hardware: [], software: [keystore.purpose(3, 2), keystore.origin(0)] }),
        ),
      )
    })

    it('is refused for a key that is for every application, imported, or not for signing', async () => {
      const descriptions: KeyDescription[] = [
        { software: [keystore.allApplications()] },
        { hardware: [keystore.allApplications()] },
        { hardware: [keystore.origin(2)] },
        { hardware: [keystore.purpose(0, 1)] },
        { challenge: Buffer.alloc(32) },
      ]
      for (const description of descriptions)
        await assert.rejects(register('android-key', describing(description)), invalid)
    })

    it('is refused when its signature or its algorithm is another', async () => {
      const changed =
        (name: string, value: (statement: Statement) => Buffer | number) =>
        (registered: Registered, self: Statement) => {
          const statement = androidKeyStatement(registered, self)
          return statement.set(name, value(statement))
        }
      await assert.rejects(
        register(
          'android-key',
          changed('sig', (honest) => spoilt(honest.get('sig') as Buffer)),
        ),
        invalid,
      )
      await assert.rejects(
        register(
          'android-key',
          changed('sig', () => Buffer.alloc(0)),
        ),
        invalid,
      )
      await assert.rejects(
        register(
          'android-key',
          changed('alg', () => -257),
        ),
        invalid,
      )
    })

    it('is refused with the certificate and the signature of another key', async () => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const byAnother = (registered: Registered, self: Statement) => {
        const signed = Buffer.concat([registered.authData, registered.clientDataHash])
        return androidKeyStatement(registered, self, {}, publicKey).set('sig', sign('sha256', signed, privateKey))
      }
      await assert.rejects(register('android-key', byAnother), invalid)
    })
  })
})
