import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { openStore, type Store, statement } from '@fobwatch/store'
import { createTestDatabase, type TestDatabase } from '@fobwatch/testkit'
import { createTokenVerifier } from '@fobwatch/token-verifier'
import { calculateJwkThumbprint, createLocalJWKSet, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose'
import { sealedVault, signingAlgorithms } from '#keys'
import { issuer, startService, type TestService } from '../service.testing.ts'
import { openKeys } from './keys.testing.ts'

const rows = statement<[], { kid: string; algorithm: string; publicJwk: JWK; sealed: Buffer }>(
  'test:signing-keys',
  'select kid, algorithm, public_jwk as "publicJwk", sealed_private as sealed from signing_key order by algorithm',
)
const emptied = statement<[]>('test:no-signing-keys', 'delete from signing_key')

const kidsOf = (signers: readonly { kid: string }[]) => signers.map(({ kid }) => kid)

describe('signing keys', () => {
  let database: TestDatabase
  let store: Store
  const vault = sealedVault(randomBytes(32))
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const open = (at = store) => openKeys(at, { vault })

  it('are made at first start, one for each algorithm, and kept', async () => {
    const made = (await open()).signers()
    assert.deepEqual(
      made.map(({ algorithm }) => algorithm),
      [...signingAlgorithms],
    )
    assert.deepEqual(kidsOf((await open()).signers()), kidsOf(made))
    for (const { kid, publicJwk } of made) assert.equal(kid, await calculateJwkThumbprint(publicJwk))
  })

  it('are of a kind and a size that is sound', async () => {
    const jwkOf = new Map((await store.rows(rows, [])).map(({ algorithm, publicJwk }) => [algorithm, publicJwk]))
    assert.equal(jwkOf.get('ES256')?.crv, 'P-256')
    assert.equal(jwkOf.get('EdDSA')?.crv, 'Ed25519')
    for (const algorithm of ['RS256', 'PS256']) {
      assert.equal(Buffer.from(jwkOf.get(algorithm)?.n ?? '', 'base64url').length * 8, 2048)
      assert.equal(jwkOf.get(algorithm)?.e, 'AQAB')
    }
  })

  it('are sealed: nothing private stands in the table, nor in what a signer tells', async () => {
    const keys = await open()
    const stored = JSON.stringify((await store.rows(rows, [])).map((row) => [row.publicJwk, row.sealed.toString()]))
    for (const member of ['"d"', '"p"', '"q"', '"dp"', '"dq"', '"qi"'])
      for (const text of [stored, JSON.stringify(keys.signers())]) assert.ok(!text.includes(member), member)
  })

  it('are opened by their master key only, and a wrong one is named as what is wrong', async () => {
    await assert.rejects(openKeys(store, { vault: sealedVault(randomBytes(32)) }), /FOBWATCH_MASTER_KEY is not the one/)
  })

  it('are refused when they were changed, or stand under the name of another key', async () => {
    const swap = statement<[]>(
      'test:swap-signing-keys',
      `update signing_key a set sealed_private = b.sealed_private from signing_key b
       where least(a.algorithm, b.algorithm) = 'ES256' and greatest(a.algorithm, b.algorithm) = 'EdDSA'
         and a.kid <> b.kid`,
    )
    await store.run(swap, [])
    await assert.rejects(open(), /cannot be opened/)
    await store.run(swap, [])
    assert.equal((await open()).signers().length, 4)
  })

  it('are published from their sealed half: a public key that somebody wrote into the table is not', async () => {
    const before = (await open()).signers().map(({ publicJwk }) => publicJwk)
    const planted = statement<[]>('', `update signing_key set public_jwk = public_jwk || '{"x": "planted"}'`)
    await store.run(planted, [])
    assert.deepEqual(
      (await open()).signers().map(({ publicJwk }) => publicJwk),
      before,
    )
  })

  for (const alg of signingAlgorithms)
    it(`sign a JWT with ${alg}, and say which key it was`, async () => {
      const keys = await open()
      const published = { keys: keys.signers().map(({ publicJwk, kid }): JWK => ({ ...publicJwk, kid })) }
      const claims = { sub: '912345678901', iat: 1_790_000_000 }
      const jwt = await keys.signJwt(claims, { alg, typ: 'logout+jwt' })
      const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(published), { algorithms: [alg] })
      assert.deepEqual(payload, claims)
      assert.deepEqual(Object.keys(protectedHeader), ['alg', 'typ', 'kid'])
      assert.equal(protectedHeader.typ, 'logout+jwt')
    })

  it('sign nothing with an algorithm that is none of theirs', async () => {
    for (const alg of ['none', 'HS256', 'ES384', ''])
      await assert.rejects((await open()).signJwt({}, { alg, typ: 'JWT' }), /no signing key/)
  })

  it('are made once, however many instances start at once', async () => {
    await store.run(emptied, [])
    const instances = Array.from({ length: 4 }, () => openStore({ url: database.url }))
    const made = await Promise.all(instances.map(async (each) => kidsOf((await open(each)).signers())))
    await Promise.all(instances.map((each) => each.close()))
    assert.equal((await store.rows(rows, [])).length, 4)
    for (const each of made) assert.deepEqual(each, made[0])
  })
})

describe('what is published of signing keys', () => {
  let service: TestService & { url: string; masterKey: string }
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  it('lines 36 and 37: a key for each algorithm, and no private member', async () => {
    const { keys } = (await service.app.inject('/jwks')).json() as { keys: Record<string, unknown>[] }
    assert.deepEqual(keys.map(({ alg }) => alg).sort(), [...signingAlgorithms].sort())
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

  it('line 37: once, to an application that meets a storm of unknown key ids', async () => {
    let asked = 0
    service.app.server.on('request', ({ url }) => {
      if (url === '/jwks') asked += 1
    })
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = service.app.server.address() as AddressInfo
    const audience = 'http://localhost:3001/api'
    const verifier = createTokenVerifier({ issuer, audience, jwksUri: `http://127.0.0.1:${port}/jwks` })
    const { privateKey } = await generateKeyPair('ES256')
    const forge = (kid: string) =>
      new SignJWT({ iss: issuer, aud: audience, sub: '912345678901', exp: Date.now() / 1000 + 60 })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .sign(privateKey)
    const verify = async (_: unknown, index: number) => verifier.verifyAccessToken(await forge(`unknown-${index}`))
    for (const { status } of await Promise.allSettled(Array.from({ length: 100 }, verify)))
      assert.equal(status, 'rejected')
    assert.equal(asked, 1)
  })

  it('what is known already, while the database does not answer', async () => {
    const known = (await service.app.inject('/jwks')).json()
    const hold = statement<[]>('', 'lock table signing_key in access exclusive mode')
    await service.store.inTransaction(async (tx) => {
      await service.store.run(hold, [], tx)
      assert.deepEqual((await service.app.inject('/jwks')).json(), known)
    })
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
