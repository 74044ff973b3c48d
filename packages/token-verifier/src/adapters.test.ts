import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createGuard as createExpressGuard } from './express.ts'
import { createGuard as createFastifyGuard } from './fastify.ts'
import { createTokenVerifier, type Needs } from './index.ts'
import { type Api, FRAMEWORKS, logoutOf } from './testing/apis.ts'
import { API, accessToken, CLIENT, logoutToken, newKey, startIssuer } from './testing/issuer.ts'
import { newCallerKey, proofFor } from './testing/proof.ts'

const key = await newKey('key-1')
const caller = await newCallerKey()
const ORIGIN = 'https://ward.test'

for (const [framework, start] of Object.entries(FRAMEWORKS)) {
  describe(`an API in ${framework}`, async () => {
    const { issuer, close } = await startIssuer(key)
    const verifier = createTokenVerifier({ issuer, audience: API, clientId: CLIENT, origin: ORIGIN })
    let api: Api
    before(async () => {
      const needs: Needs = { scope: 'patients.read', activity: 'B0360' }
      api = await start({ verifier, needs, needsInside: { level: 3 } })
    })
    after(async () => {
      await api.close()
      await close()
    })

    const ask = (token: string, path = '/records/1') => api.ask(path, { headers: { authorization: `Bearer ${token}` } })

    it('lets a good token in, and knows whose it is', async () => {
      const answer = await ask(await accessToken(issuer, key))
      assert.equal(answer.status, 200)
      assert.deepEqual(JSON.parse(answer.body), { id: '1', for: '656005750104' })
    })

    it('asks for a token where there is none', async () => {
      const answer = await api.ask('/records/1')
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    })

    it('says why it refuses a token, in a header and in JSON', async () => {
      const answer = await ask(await accessToken(issuer, key, { claims: { exp: 1 } }))
      assert.equal(answer.status, 401)
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer error="invalid_token"/)
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
      assert.match(answer.body, /"expired".*The token has expired/)
    })

    it('says which scope is lacking, and that a role does not do', async () => {
      const noScope = await ask(await accessToken(issuer, key, { claims: { scope: 'openid' } }))
      assert.equal(noScope.status, 403)
      assert.match(noScope.headers.get('www-authenticate') ?? '', /insufficient_scope.*scope="patients.read"/)

      const noRole = await ask(await accessToken(issuer, key, { claims: { role: undefined } }))
      assert.equal(noRole.status, 403)
      assert.match(noRole.body, /"role_required"/)
    })

    it('asks for a stronger check from within a handler', async () => {
      const answer = await ask(await accessToken(issuer, key, { claims: { acr: 'AAL2_ANY' } }))
      assert.equal(answer.status, 401)
      assert.match(
        answer.headers.get('www-authenticate') ?? '',
        /insufficient_user_authentication.*acr_values="AAL3_ANY"/,
      )
      assert.match(answer.body, /"level_required"/)
    })

    it('takes a token that is bound to a key with its proof, once, and not as a mere bearer token', async () => {
      const token = await accessToken(issuer, key, { claims: { cnf: caller.cnf } })
      const dpop = await proofFor({ method: 'GET', url: `${ORIGIN}/records/1`, token }, caller.key)
      const withProof = { headers: { authorization: `DPoP ${token}`, dpop } }
      assert.equal((await api.ask('/records/1?full=yes', withProof)).status, 200)
      assert.equal((await api.ask('/records/1', withProof)).status, 401)
      assert.equal((await ask(token)).status, 401)
    })

    it('does not pretend to know who asks on a route without a guard', async () => {
      assert.equal((await ask(await accessToken(issuer, key), '/open')).status, 500)
    })

    it('ends the sessions that a logout names, and lets nobody keep the answer', async () => {
      const answer = await api.ask(
        '/logouts',
        logoutOf(await logoutToken(issuer, key, { claims: { sid: 'session-7' } })),
      )
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.deepEqual(api.ended.at(-1), { sid: 'session-7', sub: '656005750104' })
    })

    it('ends nothing for a logout that came before, or is none', async () => {
      const token = await logoutToken(issuer, key)
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      await api.ask('/logouts', logoutOf(token))
      const { length } = api.ended
      const bad = [
        logoutOf(token),
        logoutOf(''),
        logoutOf('x'.repeat(200_000)),
        { method: 'POST', headers: form, body: '' },
        { method: 'POST', headers: form, body: `logout_token=${await logoutToken(issuer, key)}&logout_token=x` },
        { method: 'POST', headers: form, body: `LOGOUT_TOKEN=${await logoutToken(issuer, key)}` },
      ]
      for (const sent of bad) {
        const answer = await api.ask('/logouts', sent)
        assert.equal(answer.status, 400)
        assert.equal(answer.headers.get('cache-control'), 'no-store')
        assert.match(answer.body, /"error":"invalid_request"/)
      }
      assert.equal(api.ended.length, length)
    })

    it('is not made with a guard that needs something misspelt', () => {
      const create = framework === 'Fastify' ? createFastifyGuard : createExpressGuard
      assert.throws(() => create(verifier)({ levle: 3 } as Needs), TypeError)
    })
  })
}

describe('a logout at an Express application that parses forms by itself', async () => {
  const { default: express } = await import('express')
  const { backChannelLogout } = await import('./express.ts')
  const { issuer, close } = await startIssuer(key)
  after(close)

  it('is taken too', async () => {
    const ended: unknown[] = []
    const app = express().use(express.urlencoded({ extended: true }))
    const verifier = createTokenVerifier({ issuer, audience: API, clientId: CLIENT })
    app.post('/logouts', backChannelLogout(verifier, { end: (who) => void ended.push(who) }))
    const server = app.listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as { port: number }

    const answer = await fetch(`http://127.0.0.1:${port}/logouts`, logoutOf(await logoutToken(issuer, key)))
    assert.equal(answer.status, 200)
    assert.equal(ended.length, 1)
    server.closeAllConnections()
    server.close()
  })
})
