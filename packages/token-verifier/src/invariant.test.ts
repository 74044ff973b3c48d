import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { createTokenVerifier, demand, Refused, receiveLogout, stepUpOf, TokenRefused } from './index.ts'
import { API, accessToken, CLIENT, idToken, logoutToken, newKey, startIssuer } from './testing/issuer.ts'
import { newCallerKey, proofFor } from './testing/proof.ts'

const key = await newKey('key-1')
const caller = await newCallerKey()

/** Whatever JSON can say of a claim or a header, and what is often meant by it. */
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue() },
  fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1e300, [], {}, true, API, CLIENT, 'none', '656005754108'),
)

describe('whatever is handed to it, a verifier', async () => {
  const { issuer, close } = await startIssuer(key)
  const verifier = createTokenVerifier({ issuer, audience: API, clientId: CLIENT, origin: 'http://ward.test' })
  after(close)

  /** Either it was accepted, or it was refused as it should be: never anything else. */
  const isDecided = async (verifying: Promise<unknown>) => {
    const error = await verifying.then(
      () => undefined,
      (cause: unknown) => cause,
    )
    assert.ok(error === undefined || error instanceof TokenRefused, String(error))
  }
  const holds = <Value>(value: fc.Arbitrary<Value>, predicate: (value: Value) => Promise<void>) =>
    fc.assert(fc.asyncProperty(value, predicate), { numRuns: 150 })

  it('decides on a well signed token with any claim', async () => {
    const names = [
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'nbf',
      'jti',
      'client_id',
      'scope',
      'acr',
      'amr',
      'auth_time',
      'sid',
    ]
    const own = ['selected_roleid', 'role', 'cnf', 'nonce', 'azp', 'events', 'authentication_assurance_level']
    await holds(fc.record({ name: fc.constantFrom(...names, ...own), value: anything }), async ({ name, value }) => {
      const changes = { claims: { [name]: value } }
      await isDecided(verifier.verifyAccessToken(await accessToken(issuer, key, changes)))
      await isDecided(verifier.verifyIdToken(await idToken(issuer, key, changes)))
      await isDecided(verifier.verifyLogoutToken(await logoutToken(issuer, key, changes)))
    })
  })

  it('decides on a token with any header', async () => {
    const names = ['alg', 'typ', 'kid', 'crit', 'jku', 'jwk', 'x5c', 'b64', 'zip', 'cty', '__proto__']
    await holds(fc.record({ name: fc.constantFrom(...names), value: anything }), async ({ name, value }) => {
      const [, payload, signature] = (await accessToken(issuer, key)).split('.')
      const header = JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1', [name]: value })
      await isDecided(
        verifier.verifyAccessToken(`${Buffer.from(header).toString('base64url')}.${payload}.${signature}`),
      )
    })
  })

  it('decides on any three parts, and on any text', async () => {
    const part = fc.oneof(fc.json(), fc.string()).map((text) => Buffer.from(text).toString('base64url'))
    const tokens = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
    )
    await holds(tokens, async (token) => {
      await isDecided(verifier.verifyAccessToken(token))
      await isDecided(
        verifier.verifyRequest({ method: 'GET', url: token, headers: { authorization: `Bearer ${token}` } }),
      )
      await isDecided(verifier.verifyRequest({ headers: { authorization: token, dpop: token } }))
    })
  })

  it('decides on a proof with any claim and any header', async () => {
    const token = await accessToken(issuer, key, { claims: { cnf: caller.cnf } })
    const names = ['htm', 'htu', 'iat', 'jti', 'ath', 'exp', 'nbf', 'typ', 'jwk', 'crit']
    await holds(fc.record({ name: fc.constantFrom(...names), value: anything }), async ({ name, value }) => {
      const isHeader = ['typ', 'jwk', 'crit'].includes(name)
      const signing = proofFor({ method: 'GET', url: 'http://ward.test/api', token }, caller.key, {
        [isHeader ? 'header' : 'claims']: { [name]: value },
      })
      const dpop = await signing.catch(() => 'not to be signed')
      await isDecided(
        verifier.verifyRequest({ method: 'GET', url: '/api', headers: { authorization: `DPoP ${token}`, dpop } }),
      )
    })
  })

  it('answers any form', async () => {
    const forms = fc.oneof(fc.string(), fc.jsonValue(), fc.record({ logout_token: anything }))
    await holds(forms, async (form) => {
      assert.equal((await receiveLogout(verifier, form, () => assert.fail())).status, 400)
    })
  })

  it('asks any claims for what is needed, and any answer for its challenge', () => {
    const roles = fc.record({ role: anything, selected_roleid: anything, nhsid_nrbac_roles: anything, acr: anything })
    fc.assert(
      fc.property(roles, fc.string({ unit: 'binary' }), (claims, challenge) => {
        assert.throws(() => demand(claims as never, { activity: 'B9999' }), Refused)
        assert.throws(() => demand(claims as never, { level: 3 }), Refused)
        stepUpOf({ status: 401, headers: { 'www-authenticate': challenge } })
      }),
    )
  })
})
