import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose'
import { type SigningAlgorithm, signingAlgorithms, type Vault } from '#keys'
import { getCode, redeem } from '../oidc/code-flow.testing.ts'
import { addPerson, enrol, registerClient, sql, startService, type TestService, ward } from '../service.testing.ts'

const makers: Record<SigningAlgorithm, () => { publicKey: KeyObject; privateKey: KeyObject }> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
}

/** A vault like a hardware module: its keys stay in it, it is asked over a wire, and the row has but the name of a slot. */
const module = () => {
  const slots: { algorithm: SigningAlgorithm; privateKey: KeyObject }[] = []
  let signed = 0
  const vault: Vault = {
    make: async (algorithm) => {
      const { publicKey, privateKey } = makers[algorithm]()
      const publicJwk = publicKey.export({ format: 'jwk' }) as JWK
      const slot = slots.push({ algorithm, privateKey }) - 1
      return { kid: await calculateJwkThumbprint(publicJwk), algorithm, publicJwk, kept: Buffer.from(`slot ${slot}`) }
    },
    open: async ({ kid, algorithm, publicJwk, kept }) => ({
      kid,
      algorithm,
      publicJwk,
      sign: async (data) => {
        signed += 1
        const key = slots[Number(kept.toString().slice('slot '.length))]?.privateKey
        assert.ok(key)
        const pss = algorithm === 'PS256' && { padding: 6, saltLength: 32 }
        const hash = algorithm === 'EdDSA' ? null : 'sha256'
        return sign(hash, data, { key, dsaEncoding: 'ieee-p1363', ...pss })
      },
    }),
  }
  return { vault, signed: () => signed }
}

describe('signing through another vault than the database', () => {
  const apart = module()
  let service: Awaited<ReturnType<typeof startService>>
  let second: TestService
  before(async () => {
    service = await startService({ vault: apart.vault })
    second = await startService({ vault: apart.vault, beside: service })
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  it('keeps in the database what the vault finds a key by, and nothing of the key', async () => {
    const rows = await sql<{ kept: Buffer; jwk: JWK }>(
      service,
      'select sealed_private as kept, public_jwk as jwk from signing_key',
    )
    assert.equal(rows.length, signingAlgorithms.length)
    for (const { kept, jwk } of rows) {
      assert.match(kept.toString(), /^slot \d+$/)
      assert.equal(jwk.d, undefined)
    }
  })

  for (const alg of signingAlgorithms)
    it(`signs ID tokens, access tokens and logout tokens with ${alg}, which verify by what another instance publishes`, async () => {
      const [api] = ward.apis ?? []
      const id = `ward-${alg.toLowerCase()}`
      const parameters = { client_id: id, resource: api?.resource }
      await registerClient(service, { ...ward, id, metadata: { ...ward.metadata, id_token_signed_response_alg: alg } })
      const { device } = await enrol(service, (await addPerson(service)).id)
      const before = apart.signed()
      const { body } = await redeem(service, await getCode(service.browser(), device, parameters), parameters)
      const logout = await service.rooms.keys.signJwt({ sub: 'x' }, { alg, typ: 'logout+jwt' })
      assert.equal(apart.signed() - before, 3)
      const published = createLocalJWKSet((await second.app.inject('/jwks')).json())
      for (const jwt of [String(body['id_token']), String(body['access_token']), logout]) {
        assert.equal(decodeProtectedHeader(jwt).alg, alg)
        await jwtVerify(jwt, published)
      }
    })

  it('rotates and revokes through it like any other', async () => {
    const next = await service.rooms.keys.rotateKeys('ES256')
    const current = (await second.rooms.keys.listKeys()).find(
      ({ algorithm, state }) => algorithm === 'ES256' && state === 'signs',
    )
    await second.rooms.keys.revokeKey(current?.kid ?? '')
    await service.rooms.keys.look()
    const jwt = await service.rooms.keys.signJwt({}, { alg: 'ES256', typ: 'logout+jwt' })
    assert.equal(decodeProtectedHeader(jwt).kid, next[0]?.kid)
  })

  it('says so, when a signature cannot be had, and stays up', async () => {
    const broken: Vault = {
      ...apart.vault,
      open: async (key) => ({ ...(await apart.vault.open(key)), sign: () => Promise.reject(new Error('unplugged')) }),
    }
    const third = await startService({ vault: broken, beside: service })
    const { device } = await enrol(third, (await addPerson(third)).id)
    await registerClient(third)
    const answer = await redeem(third, await getCode(third.browser(), device))
    assert.deepEqual([answer.status, answer.body['error']], [500, 'server_error'])
    assert.equal(answer.body['id_token'], undefined)
    assert.equal((await third.app.inject('/jwks')).statusCode, 200)
    await third.close()
  })
})
