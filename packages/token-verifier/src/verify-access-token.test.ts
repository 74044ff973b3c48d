import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { exportSPKI, importJWK } from 'jose'
import { createTokenVerifier, type RefusalCode, TokenRefused } from './index.ts'
import { API, accessToken, NURSE, newKey, seconds, serve, startIssuer } from './testing/issuer.ts'

const key = await newKey('key-1')
const rsaKey = await newKey('key-rsa', 'RS256')
const foreignKey = await newKey('key-1')

describe('an access token', async () => {
  const issuer = await startIssuer(key, rsaKey)
  const verifier = createTokenVerifier({ issuer: issuer.issuer, audience: API })
  after(issuer.close)

  const token = (changes = {}, signer = key) => accessToken(issuer.issuer, signer, changes)
  const refuses = (code: RefusalCode, refused: string) =>
    assert.rejects(verifier.verifyAccessToken(refused), isRefusal(code))

  it('is accepted with its header, its claims and its role', async () => {
    const { header, claims } = await verifier.verifyAccessToken(await token())
    assert.deepEqual(header, { alg: 'ES256', kid: 'key-1', typ: 'at+jwt' })
    assert.equal(claims.sub, '656005750104')
    assert.equal(claims.acr, 'AAL3_FIDO2')
    assert.deepEqual(claims.role, NURSE)
  })

  it('is accepted with no role, for someone who has none', async () => {
    const { claims } = await verifier.verifyAccessToken(
      await token({ claims: { role: undefined, selected_roleid: undefined } }),
    )
    assert.equal(claims.role, undefined)
  })

  it('is accepted for several audiences, of which this is one', async () => {
    await verifier.verifyAccessToken(await token({ claims: { aud: ['http://elsewhere.test', API] } }))
  })

  it('is accepted when signed with RS256, which the issuer publishes too', async () => {
    const { header } = await verifier.verifyAccessToken(await token({}, rsaKey))
    assert.equal(header.alg, 'RS256')
  })

  it('is accepted under the long form of its type', async () => {
    await verifier.verifyAccessToken(await token({ header: { typ: 'application/at+jwt' } }))
  })

  describe('is refused by its header', () => {
    it('with no signature at all (alg none)', async () => {
      const [, payload] = (await token()).split('.')
      const header = base64url({ alg: 'none', typ: 'at+jwt', kid: 'key-1' })
      await refuses('algorithm', `${header}.${payload}.`)
    })

    it('with HS256 and the public key as the secret', async () => {
      const secret = await exportSPKI((await importJWK(rsaKey.publicJwk, 'RS256')) as never)
      const [, payload] = (await token()).split('.')
      const signed = `${base64url({ alg: 'HS256', typ: 'at+jwt', kid: 'key-rsa' })}.${payload}`
      await refuses('algorithm', `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`)
    })

    it('with an algorithm that is sound but not on the list', async () => {
      const strict = createTokenVerifier({ issuer: issuer.issuer, audience: API, algorithms: ['ES256'] })
      await assert.rejects(strict.verifyAccessToken(await token({}, rsaKey)), isRefusal('algorithm'))
    })

    for (const typ of [undefined, 'JWT', 'logout+jwt', 'at+jwt2', 7]) {
      it(`with the type ${typ}`, async () => refuses('type', await token({ header: { typ } })))
    }

    it('with a critical extension, known to jose or not', async () => {
      await refuses('malformed', await token({ header: { crit: ['b64'], b64: true } }))
      const [, payload, signature] = (await token()).split('.')
      const header = base64url({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1', crit: ['exp'], exp: 1 })
      await refuses('malformed', `${header}.${payload}.${signature}`)
    })

    it('with no key id', async () => refuses('malformed', await token({ header: { kid: undefined } })))
  })

  describe('is refused by its key', () => {
    it('when another key signed it under a known key id', async () => refuses('signature', await token({}, foreignKey)))

    it('when its key id is unknown', async () => refuses('signature', await token({ header: { kid: 'key-9' } })))

    it('when its key id names a key for another algorithm', async () => {
      await refuses('signature', await token({ header: { kid: 'key-rsa' } }))
    })

    it('when it says where its key is, or carries it; and nobody goes there', async () => {
      let visits = 0
      const trap = await serve((_request, response) => {
        visits += 1
        response.end(JSON.stringify({ keys: [foreignKey.publicJwk] }))
      })
      await refuses('malformed', await token({ header: { jku: `${trap.origin}/jwks` } }, foreignKey))
      await refuses('malformed', await token({ header: { x5u: `${trap.origin}/chain` } }, foreignKey))
      await refuses('malformed', await token({ header: { jwk: foreignKey.publicJwk } }, foreignKey))
      await refuses('malformed', await token({ header: { x5c: ['MIIB'] } }, foreignKey))
      await refuses('malformed', await token({ header: { jku: `${trap.origin}/jwks` } }))
      assert.equal(visits, 0)
      await trap.close()
    })
  })

  describe('is refused by its claims', () => {
    it('from another issuer, even one that differs by a slash', async () => {
      await refuses('issuer', await token({ claims: { iss: `${issuer.issuer}/` } }))
      await refuses('issuer', await token({ claims: { iss: undefined } }))
    })

    it('for another audience, or for none', async () => {
      await refuses('audience', await token({ claims: { aud: `${API}/` } }))
      await refuses('audience', await token({ claims: { aud: [] } }))
      await refuses('audience', await token({ claims: { aud: undefined } }))
    })

    it('after its time, by more than the tolerance', async () => {
      await refuses('expired', await token({ claims: { exp: seconds() - 6 } }))
      await verifier.verifyAccessToken(await token({ claims: { exp: seconds() - 2 } }))
    })

    it('before its time, by more than the tolerance', async () => {
      await refuses('not_yet_valid', await token({ claims: { nbf: seconds() + 30 } }))
      await refuses('not_yet_valid', await token({ claims: { iat: seconds() + 30 } }))
      await verifier.verifyAccessToken(await token({ claims: { iat: seconds() + 2 } }))
    })

    const wrong = {
      exp: [undefined, 'tomorrow', null],
      iat: [undefined, 'now'],
      nbf: ['now'],
      sub: [undefined, '', 7],
      client_id: [undefined, ''],
      jti: [undefined],
      scope: [['patients.read'], 7],
      acr: [3],
      amr: ['hwk', [1]],
      auth_time: ['now'],
      sid: [7],
      selected_roleid: ['not-a-number', '65600575410', 656005754108, undefined],
      role: [null, 'Nurse', {}, { ...NURSE, activities: ['B0360'] }, { ...NURSE, activities: undefined }],
    }
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        it(`with ${name}: ${JSON.stringify(value)}`, async () =>
          refuses('claims', await token({ claims: { [name]: value } })))
      }
    }

    it('with a role that is not the selected one', async () => {
      await refuses('claims', await token({ claims: { role: { ...NURSE, person_roleid: '656005754109' } } }))
    })
  })

  describe('is refused when it did not arrive whole', () => {
    let good: string
    before(async () => {
      good = await token()
    })

    it('cut off anywhere', async () => {
      for (let length = 0; length < good.length; length += 1) {
        await assert.rejects(verifier.verifyAccessToken(good.slice(0, length)), TokenRefused, `cut to ${length}`)
      }
    })

    it('with any one character changed', async () => {
      for (let at = 0; at < good.length - 1; at += 1) {
        const changed = good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1)
        await assert.rejects(verifier.verifyAccessToken(changed), TokenRefused, `changed at ${at}`)
      }
    })

    it('or is no token', async () => {
      for (const junk of [
        '',
        '.',
        '..',
        '...',
        'a.b.c',
        `${good}.`,
        `${good}.x.y`,
        ` ${good}`,
        `${good}\n`,
        'A'.repeat(70_000),
      ]) {
        await assert.rejects(verifier.verifyAccessToken(junk), TokenRefused, junk.slice(0, 20))
      }
      await assert.rejects(verifier.verifyAccessToken(undefined as unknown as string), isRefusal('malformed'))
    })
  })
})

const isRefusal = (code: RefusalCode) => (error: unknown) => error instanceof TokenRefused && error.code === code

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
