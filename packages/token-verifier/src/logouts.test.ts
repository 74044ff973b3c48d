import assert from 'node:assert/strict'
import { after, describe, it, mock } from 'node:test'
import { createTokenVerifier, receiveLogout } from './index.ts'
import { API, CLIENT, idToken, logoutToken, newKey, startIssuer } from './testing/issuer.ts'

const key = await newKey('key-1')

describe('a back-channel logout', async () => {
  const { issuer, published, close } = await startIssuer(key)
  after(close)
  const verifierOf = () => createTokenVerifier({ issuer, audience: API, clientId: CLIENT })
  const form = async () => new URLSearchParams({ logout_token: await logoutToken(issuer, key) }).toString()

  it('may come as text or parsed, and is answered once its sessions have ended', async () => {
    const ended: unknown[] = []
    const end = async (who: unknown) => void ended.push(who)
    for (const body of [await form(), { logout_token: await logoutToken(issuer, key) }])
      assert.equal((await receiveLogout(verifierOf(), body, end)).status, 200)
    assert.equal(ended.length, 2)
  })

  it('is refused where it is no form, or one with another or several tokens', async () => {
    const token = await logoutToken(issuer, key)
    const bodies = [undefined, null, 7, '', [], {}, { logout_token: [token] }, { logout_token: 7 }, `${token}`]
    for (const body of [...bodies, `logout_token=${token}&logout_token=${token}`])
      assert.equal((await receiveLogout(verifierOf(), body, () => assert.fail())).status, 400)
  })

  it('is not refused for good while the keys cannot be had: it should come again', async () => {
    published.status = 503
    const answer = await receiveLogout(verifierOf(), await form(), () => assert.fail())
    published.status = 200
    assert.equal(answer.status, 503)
    assert.equal(answer.headers['cache-control'], 'no-store')
  })

  it('by a key that is not known yet is not refused for good either, and is taken when it comes again', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const verifier = verifierOf()
    await verifier.verifyIdToken(await idToken(issuer, key))
    for (const kid of ['made-up-1', 'made-up-2', 'made-up-3'])
      await assert.rejects(verifier.verifyIdToken(await idToken(issuer, key, { header: { kid } })))
    const nextKey = await newKey('key-2')
    published.keys = [nextKey]
    const told = async () =>
      receiveLogout(verifier, { logout_token: await logoutToken(issuer, nextKey) }, (who) => void ended.push(who))
    const ended: unknown[] = []

    const { status, headers } = await told()
    assert.deepEqual([status, headers['retry-after']], [503, '30'])
    assert.equal(ended.length, 0)
    mock.timers.tick(30_000)
    assert.equal((await told()).status, 200)
    assert.equal(ended.length, 1)
    published.keys = [key]
    mock.timers.reset()
  })

  it('fails with what keeps the application from ending its sessions', async () => {
    const broken = () => Promise.reject(new Error('the store is away'))
    await assert.rejects(receiveLogout(verifierOf(), await form(), broken), /the store is away/)
  })
})
