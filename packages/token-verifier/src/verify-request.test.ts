import assert from 'node:assert/strict'
import { after, afterEach, describe, it, mock } from 'node:test'
import { createTokenVerifier, type RefusalCode, type RequestLike, TokenRefused } from './index.ts'
import { API, accessToken, type Changes, newKey, seconds, startIssuer } from './testing/issuer.ts'
import { newCallerKey, proofFor } from './testing/proof.ts'

const key = await newKey('key-1')
const caller = await newCallerKey()
const thief = await newCallerKey()
const URL_OF_RECORD = 'http://ward.test/api/patients/1'

describe('a request', async () => {
  const { issuer, close } = await startIssuer(key)
  const verifier = createTokenVerifier({ issuer, audience: API, origin: 'http://ward.test' })
  after(close)
  afterEach(() => mock.timers.reset())

  const request = (headers: RequestLike['headers'], url = '/api/patients/1?full=yes'): RequestLike => ({
    method: 'GET',
    url,
    headers,
  })
  const refuses = (code: RefusalCode, sent: RequestLike, by = verifier) =>
    assert.rejects(by.verifyRequest(sent), { name: 'TokenRefused', code })
  const bound = () => accessToken(issuer, key, { claims: { cnf: caller.cnf } })
  const proof = (token: string, changes: Changes = {}, by = caller) =>
    proofFor({ method: 'GET', url: URL_OF_RECORD, token }, by.key, changes)

  describe('with a bearer token', () => {
    it('is accepted, whatever the case of the scheme, and in the headers of fetch', async () => {
      const token = await accessToken(issuer, key)
      for (const scheme of ['Bearer', 'bearer', 'BEARER'])
        assert.equal(
          (await verifier.verifyRequest(request({ authorization: `${scheme} ${token}` }))).claims.jti,
          'a-token',
        )
      await verifier.verifyRequest(request(new Headers({ authorization: `Bearer ${token}` })))
    })

    it('is refused when it holds no token, another scheme, or not one token', async () => {
      const headers = [
        undefined,
        '',
        'Basic abc',
        'Bearer',
        'Bearer ',
        'Bearer a b',
        'Bearer a,b',
        'xBearer a',
        'Bearer\ta',
      ]
      for (const authorization of headers) await refuses('missing', request({ authorization }))
      await refuses('missing', request({ authorization: ['Bearer a', 'Bearer b'] }))
      await refuses('missing', request({}, `/api/patients?access_token=${await accessToken(issuer, key)}`))
    })
  })

  describe('with a token that is bound to a key', () => {
    it('is accepted with a proof for this request', async () => {
      const token = await bound()
      const sent = request({ authorization: `DPoP ${token}`, dpop: await proof(token) })
      assert.deepEqual((await verifier.verifyRequest(sent)).claims.cnf, caller.cnf)
    })

    it('is accepted whatever an algorithm of FAPI 2.0 signed the proof', async () => {
      for (const alg of ['PS256', 'EdDSA', 'Ed25519']) {
        const other = await newCallerKey(alg)
        const token = await accessToken(issuer, key, { claims: { cnf: other.cnf } })
        await verifier.verifyRequest(request({ authorization: `DPoP ${token}`, dpop: await proof(token, {}, other) }))
      }
    })

    it('is refused as a mere bearer token, with or without a proof', async () => {
      const token = await bound()
      await refuses('proof_required', request({ authorization: `Bearer ${token}` }))
      await refuses('proof_required', request({ authorization: `Bearer ${token}`, dpop: await proof(token) }))
      await refuses('proof_required', request({ authorization: `DPoP ${token}` }))
      await assert.rejects(verifier.verifyAccessToken(token), { code: 'proof_required' })
    })

    it('is refused where the application does not say its own address', async () => {
      const without = createTokenVerifier({ issuer, audience: API })
      const token = await bound()
      await refuses('proof_required', request({ authorization: `DPoP ${token}`, dpop: await proof(token) }), without)
    })

    it('is refused when it is bound in a way that cannot be proved here', async () => {
      for (const cnf of [{}, { 'x5t#S256': 'abc' }, { jkt: 7 }, { jkt: '' }]) {
        const token = await accessToken(issuer, key, { claims: { cnf } })
        await refuses('proof_required', request({ authorization: `DPoP ${token}`, dpop: await proof(token) }))
      }
      const token = await accessToken(issuer, key, { claims: { cnf: 'jkt' } })
      await refuses('claims', request({ authorization: `Bearer ${token}` }))
    })

    it('is refused when the token is in truth not bound', async () => {
      const token = await accessToken(issuer, key)
      await refuses('proof_invalid', request({ authorization: `DPoP ${token}`, dpop: await proof(token) }))
    })

    it('is told what to send instead', () => {
      const { status, headers } = new TokenRefused('proof_required')
      assert.equal(status, 401)
      assert.match(headers['www-authenticate'] ?? '', /^DPoP error="invalid_token".*algs="ES256 PS256 EdDSA Ed25519"$/)
      assert.match(
        new TokenRefused('proof_invalid').headers['www-authenticate'] ?? '',
        /^DPoP error="invalid_dpop_proof"/,
      )
    })
  })

  describe('is refused by its proof', () => {
    const refusesProof = async (changes: Changes, by = caller) => {
      const token = await bound()
      await refuses('proof_invalid', request({ authorization: `DPoP ${token}`, dpop: await proof(token, changes, by) }))
    }

    it('of another key', () => refusesProof({}, thief))
    it('of another key that names ours', () => refusesProof({ header: { jwk: caller.key.publicJwk } }, thief))
    it('for another method', () => refusesProof({ claims: { htm: 'POST' } }))
    it('for another token', () => refusesProof({ claims: { ath: 'another' } }))
    it('that names no token', () => refusesProof({ claims: { ath: undefined } }))
    it('without an id', () => refusesProof({ claims: { jti: undefined } }))
    it('of another type', () => refusesProof({ header: { typ: 'JWT' } }))
    it('without a key', () => refusesProof({ header: { jwk: undefined } }))
    it('that gives its private key away', () => refusesProof({ header: { jwk: caller.privateJwk } }))
    it('that is too old', () => refusesProof({ claims: { iat: seconds() - 70 } }))
    it('from the future', () => refusesProof({ claims: { iat: seconds() + 30 } }))
    it('without a time', () => refusesProof({ claims: { iat: undefined } }))

    it('for another address', async () => {
      const others = [
        'http://ward.test/api/patients/2',
        'https://ward.test/api/patients/1',
        'http://evil.test/api/patients/1',
        '',
      ]
      for (const htu of others) await refusesProof({ claims: { htu } })
    })

    it('but not by what a comparison of addresses leaves out', async () => {
      for (const htu of ['http://WARD.test:80/api/patients/1', `${URL_OF_RECORD}?full=no#top`]) {
        const token = await bound()
        const dpop = await proof(token, { claims: { htu } })
        await verifier.verifyRequest(request({ authorization: `DPoP ${token}`, dpop }))
      }
    })

    it('when the address is only what the caller calls us', async () => {
      const token = await bound()
      const dpop = await proof(token, { claims: { htu: 'http://evil.test/api/patients/1' } })
      const headers = { authorization: `DPoP ${token}`, dpop, host: 'evil.test', 'x-forwarded-host': 'evil.test' }
      await refuses('proof_invalid', request(headers))
      await refuses('proof_invalid', request(headers, 'http://evil.test/api/patients/1'))
    })

    it('by its algorithm: none, HS256, or one that FAPI 2.0 does not have', async () => {
      const token = await bound()
      const rsa = await newCallerKey('RS256')
      const ofRsa = await accessToken(issuer, key, { claims: { cnf: rsa.cnf } })
      const [, payload] = (await proof(token)).split('.')
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: caller.key.publicJwk })).toString(
        'base64url',
      )
      await refuses('proof_invalid', request({ authorization: `DPoP ${token}`, dpop: `${header}.${payload}.` }))
      await refuses('proof_invalid', request({ authorization: `DPoP ${ofRsa}`, dpop: await proof(ofRsa, {}, rsa) }))
    })

    it('cut off, too long, or given twice', async () => {
      const token = await bound()
      const good = await proof(token)
      const long = await proof(token, { claims: { padding: 'x'.repeat(9_000) } })
      for (const dpop of [good.slice(0, -9), `${good}, ${good}`, [good, good], long, 'x'])
        await refuses('proof_invalid', request({ authorization: `DPoP ${token}`, dpop }))
    })

    it('the second time, also of 16 at once', async () => {
      const token = await bound()
      const sent = request({ authorization: `DPoP ${token}`, dpop: await proof(token) })
      const results = await Promise.allSettled(Array.from({ length: 16 }, () => verifier.verifyRequest(sent)))
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      await refuses('proof_invalid', sent)
    })

    it('the second time for as long as it could be accepted at all', async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const token = await bound()
      const sent = request({ authorization: `DPoP ${token}`, dpop: await proof(token) })
      await verifier.verifyRequest(sent)
      for (let second = 0; second < 70; second += 1) {
        mock.timers.tick(1_000)
        await refuses('proof_invalid', sent)
      }
    })
  })
})
