import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { calculateJwkThumbprint, createLocalJWKSet, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { createKeys } from '#keys'
import { startService, type TestService } from '../service.testing.ts'

const rows = statement<[], { kid: string; algorithm: string; publicJwk: JWK; sealed: Buffer }>(
  'test:signing-keys',
  'select kid, algorithm, public_jwk as "publicJwk", sealed_private as sealed from signing_key order by algorithm',
)
const emptied = statement<[]>('test:no-signing-keys', 'delete from signing_key')

describe('signing keys', () => {
  let database: TestDatabase
  let store: Store
  const key = randomBytes(32)
  const now = () => new Date()
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  it('are made at first start, one for each algorithm, and kept', async () => {
    const made = await createKeys({ store, key, now }).signingKeys()
    assert.deepEqual(made.map(({ alg }) => alg).sort(), ['ES256', 'RS256'])
    assert.deepEqual(await createKeys({ store, key, now }).signingKeys(), made)
    for (const jwk of made) {
      assert.equal(jwk.kid, await calculateJwkThumbprint(jwk))
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: String(jwk.alg), kid: String(jwk.kid) })
        .sign(await importJWK(jwk))
      const stored = await store.rows(rows, [])
      const published = { keys: stored.map(({ publicJwk, kid }) => ({ ...publicJwk, kid })) }
      await jwtVerify(token, createLocalJWKSet(published))
    }
  })

  it('are of a size that is sound', async () => {
    const [es, rs] = await store.rows(rows, [])
    assert.equal(es?.publicJwk.crv, 'P-256')
    assert.equal(Buffer.from(rs?.publicJwk.n ?? '', 'base64url').length * 8, 2048)
    assert.equal(rs?.publicJwk.e, 'AQAB')
  })

  it('are sealed: nothing private stands in the table', async () => {
    const made = await createKeys({ store, key, now }).signingKeys()
    for (const row of await store.rows(rows, [])) {
      const jwk = made.find(({ kid }) => kid === row.kid)
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) {
        const secret = jwk?.[member]
        assert.equal(row.publicJwk[member], undefined)
        if (secret) assert.ok(!JSON.stringify({ ...row, sealed: row.sealed.toString() }).includes(secret))
      }
    }
  })

  it('are opened by their master key only, and a wrong one is named as what is wrong', async () => {
    const wrong = createKeys({ store, key: randomBytes(32), now })
    await assert.rejects(wrong.signingKeys(), /FOBWATCH_MASTER_KEY is not the one/)
  })

  it('are refused when they were changed, or stand under the name of another key', async () => {
    const swap = statement<[]>(
      'test:swap-signing-keys',
      `update signing_key a set sealed_private = b.sealed_private from signing_key b where a.kid <> b.kid`,
    )
    await store.run(swap, [])
    await assert.rejects(createKeys({ store, key, now }).signingKeys(), /cannot be opened/)
    await store.run(swap, [])
    assert.equal((await createKeys({ store, key, now }).signingKeys()).length, 2)
  })

  it('sign a JWT by the name of its algorithm, and say which key it was', async () => {
    const { signJwt } = createKeys({ store, key, now })
    const published = { keys: (await store.rows(rows, [])).map(({ publicJwk, kid }) => ({ ...publicJwk, kid })) }
    for (const alg of ['ES256', 'RS256']) {
      const jwt = await signJwt({ sub: '912345678901', iat: 1_790_000_000 }, { alg, typ: 'logout+jwt' })
      const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(published))
      assert.deepEqual(payload, { sub: '912345678901', iat: 1_790_000_000 })
      assert.deepEqual({ alg: protectedHeader.alg, typ: protectedHeader.typ }, { alg, typ: 'logout+jwt' })
    }
    await assert.rejects(signJwt({}, { alg: 'none', typ: 'JWT' }), /no signing key for none/)
  })

  it('are made once, however many instances start at once', async () => {
    await store.run(emptied, [])
    const instances = Array.from({ length: 4 }, () => openStore({ url: database.url }))
    const made = await Promise.all(instances.map((each) => createKeys({ store: each, key, now }).signingKeys()))
    await Promise.all(instances.map((each) => each.close()))
    assert.equal((await store.rows(rows, [])).length, 2)
    for (const each of made) assert.deepEqual(each, made[0])
  })
})

describe('what is published of signing keys', () => {
  let service: TestService & { url: string; masterKey: string }
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('lines 36 and 37: both keys, for both algorithms, and no private member', async () => {
    const { keys } = (await service.app.inject('/jwks')).json() as { keys: Record<string, unknown>[] }
    assert.deepEqual(keys.map(({ alg }) => alg).sort(), ['ES256', 'RS256'])
    for (const key of keys) {
      assert.equal(key['use'], 'sig')
      assert.ok(typeof key['kid'] === 'string')
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) assert.equal(key[member], undefined, member)
    }
  })

  it('line 37: the same at every instance', async () => {
    const second = await startService({ beside: service })
    try {
      assert.deepEqual((await second.app.inject('/jwks')).json(), (await service.app.inject('/jwks')).json())
    } finally {
      await second.close()
    }
  })

  it('nothing at an instance whose master key is another: it does not start, and says why', async () => {
    const beside = { url: service.url, masterKey: randomBytes(32).toString('base64') }
    await assert.rejects(startService({ beside }), /FOBWATCH_MASTER_KEY is not the one/)
  })

  it('nothing at an instance with another RP ID: it does not start, and says why', async () => {
    await assert.rejects(
      startService({ beside: service, environment: { FOBWATCH_ISSUER: 'https://elsewhere.example' } }),
      /RP ID/,
    )
  })
})
