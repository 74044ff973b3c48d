import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createTokenVerifier, TokenRefused } from './index.ts'
import { FRAMEWORKS, logoutOf } from './testing/apis.ts'
import { forgeries, type Mint } from './testing/forgeries.ts'
import { API, accessToken, CLIENT, idToken, logoutToken, newKey, serve, startIssuer } from './testing/issuer.ts'

const key = await newKey('key-1')
const rsaKey = await newKey('key-rsa', 'RS256')

describe('line 36: a forged token', async () => {
  const { issuer, close } = await startIssuer(key, rsaKey)
  const verifier = createTokenVerifier({ issuer, audience: API, clientId: CLIENT })
  let visits = 0
  const trap = await serve((_request, response) => {
    visits += 1
    response.end(JSON.stringify({ keys: [] }))
  })
  after(async () => {
    await trap.close()
    await close()
  })

  const access: Mint = (signer, changes) => accessToken(issuer, signer, changes)
  const id: Mint = (signer, changes) => idToken(issuer, signer, changes)
  const logout: Mint = (signer, changes) => logoutToken(issuer, signer, changes)
  const forged = (mint: Mint) => forgeries({ mint, key, rsaKey, trap: trap.origin })

  const kinds = [
    { kind: 'an access token', mint: access, verify: verifier.verifyAccessToken, others: [id, logout] },
    { kind: 'an ID token', mint: id, verify: verifier.verifyIdToken, others: [access, logout] },
    { kind: 'a logout token', mint: logout, verify: verifier.verifyLogoutToken, others: [access, id] },
  ]

  for (const { kind, mint, verify, others } of kinds) {
    it(`as ${kind}: a good one is accepted, by each key that the issuer publishes`, async () => {
      await verify(await mint(key))
      await verify(await mint(rsaKey))
    })

    it(`as ${kind}: one of another kind is refused, whatever audience it names`, async () => {
      for (const other of others)
        for (const aud of [API, CLIENT])
          await assert.rejects(verify(await other(key, { claims: { aud } })), TokenRefused)
    })

    for (const { title, token } of await forged(mint))
      it(`as ${kind}: ${title} is refused`, async () => assert.rejects(verify(token), TokenRefused))
  }

  /** A key that nobody knows could be a new one; of so many that are made up, the issuer is not asked each time. */
  const isNo = (status: number, usual: number, title: string) =>
    status === usual || (status === 503 && / kid( |$)/.test(title))

  for (const [framework, start] of Object.entries(FRAMEWORKS)) {
    it(`sent to an API in ${framework} opens nothing and ends nothing, and a good one does`, async () => {
      const api = await start({ verifier, needs: {}, needsInside: {} })
      for (const { title, token } of [...(await forged(access)), { title: 'an ID token', token: await id(key) }]) {
        const { status } = await api.ask('/records/1', { headers: { authorization: `Bearer ${token}` } })
        assert.ok(isNo(status, 401, title), `${title}: ${status}`)
      }
      for (const { title, token } of [...(await forged(logout)), { title: 'an ID token', token: await id(key) }])
        assert.ok(isNo((await api.ask('/logouts', logoutOf(token))).status, 400, title), title)
      assert.equal(api.ended.length, 0)

      const good = await access(key)
      assert.equal((await api.ask('/records/1', { headers: { authorization: `Bearer ${good}` } })).status, 200)
      assert.equal((await api.ask('/logouts', logoutOf(await logout(key)))).status, 200)
      assert.equal(api.ended.length, 1)
      await api.close()
    })
  }

  it('sends nobody to where it says that its key is', () => assert.equal(visits, 0))
})
