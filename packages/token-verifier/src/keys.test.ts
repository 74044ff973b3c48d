import assert from 'node:assert/strict'
import { afterEach, describe, it, mock } from 'node:test'
import { createTokenVerifier, receiveLogout, type VerifierOptions } from './index.ts'
import { API, accessToken, CLIENT, logoutToken, newKey, serve, startIssuer } from './testing/issuer.ts'

const key = await newKey('key-1')
const nextKey = await newKey('key-2')

describe('the keys of the issuer', () => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    mock.timers.reset()
    await Promise.all(closers.splice(0).map((close) => close()))
  })

  const start = async (options: Partial<VerifierOptions> = {}) => {
    const issuer = await startIssuer(key)
    closers.push(issuer.close)
    return { ...issuer, verifier: createTokenVerifier({ issuer: issuer.issuer, audience: API, ...options }) }
  }

  it('are not asked for until a token comes', async () => {
    const { asked } = await start()
    assert.deepEqual(asked, { discovery: 0, jwks: 0 })
  })

  it('are fetched once for many tokens at once', async () => {
    const { issuer, verifier, asked } = await start()
    const token = await accessToken(issuer, key)
    await Promise.all(Array.from({ length: 50 }, () => verifier.verifyAccessToken(token)))
    assert.deepEqual(asked, { discovery: 1, jwks: 1 })
  })

  it('are not fetched by whoever has them: each token is held against those that there are then', async () => {
    const held = [key.publicJwk]
    const { issuer, verifier, asked } = await start({ keys: () => held })
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, nextKey)), { code: 'signature' })
    held.splice(0, 1, nextKey.publicJwk)
    await verifier.verifyAccessToken(await accessToken(issuer, nextKey))
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'signature' })
    assert.deepEqual(asked, { discovery: 0, jwks: 0 })
  })

  it('line 37: are fetched once in a storm of unknown key ids', async () => {
    const { issuer, verifier, asked } = await start()
    const storm = await Promise.all(
      Array.from({ length: 200 }, (_, n) => accessToken(issuer, nextKey, { header: { kid: `unknown-${n}` } })),
    )
    const results = await Promise.allSettled(storm.map((token) => verifier.verifyAccessToken(token)))
    const codes = results.map((result) => result.status === 'rejected' && result.reason.code)
    assert.deepEqual(codes, ['signature', ...Array(199).fill('key_unknown')])
    assert.equal(asked.jwks, 1)
  })

  it('line 37: are fetched once more, and only once, in a storm after the cooldown', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, asked } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    mock.timers.tick(31_000)
    const token = await accessToken(issuer, nextKey)
    await Promise.allSettled(Array.from({ length: 200 }, () => verifier.verifyAccessToken(token)))
    assert.equal(asked.jwks, 2)
  })

  it('line 37: may rotate: the new key is found, and the old one holds while it is published', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))

    published.keys = [nextKey, key]
    mock.timers.tick(31_000)
    await verifier.verifyAccessToken(await accessToken(issuer, nextKey))
    await verifier.verifyAccessToken(await accessToken(issuer, key))
  })

  const withKidOf = (issuer: string, kid: string) => accessToken(issuer, nextKey, { header: { kid } })

  it('are fetched for an unknown key id though they were fetched just now: one that leaked is replaced at once', async () => {
    const { issuer, verifier, published, asked } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    published.keys = [nextKey]
    await verifier.verifyAccessToken(await accessToken(issuer, nextKey))
    assert.equal(asked.jwks, 2)
  })

  it('line 37: are fetched 3 times more in a cooldown, however many key ids are made up one after the other', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published, asked } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    const codes: string[] = []
    for (let n = 0; n < 50; n += 1) {
      const refused = await verifier.verifyAccessToken(await withKidOf(issuer, `made-up-${n}`)).catch((error) => error)
      codes.push(refused.code)
    }
    assert.equal(asked.jwks, 4)
    assert.deepEqual(codes, [...Array(3).fill('signature'), ...Array(47).fill('key_unknown')])

    published.keys = [nextKey]
    const token = await accessToken(issuer, nextKey)
    mock.timers.tick(20_000)
    await assert.rejects(verifier.verifyAccessToken(token), { status: 503, headers: { 'retry-after': '10' } })
    mock.timers.tick(10_000)
    await verifier.verifyAccessToken(token)
    assert.equal(asked.jwks, 5)
  })

  it('are asked for again when the clock was put back, too', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    for (let n = 0; n < 3; n += 1)
      await assert.rejects(verifier.verifyAccessToken(await withKidOf(issuer, `made-up-${n}`)), { code: 'signature' })

    published.keys = [nextKey]
    mock.timers.setTime(Date.now() - 3_600_000)
    await verifier.verifyAccessToken(await accessToken(issuer, nextKey))
  })

  it('that were withdrawn live no longer for a clock that was put back', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    published.keys = [nextKey]
    mock.timers.setTime(Date.now() - 86_400_000)
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'signature' })
  })

  it('are looked at no more after the clock was put back until the issuer answers, however often that fails', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))
    published.status = 503
    mock.timers.setTime(Date.now() - 86_400_000)
    const old = await accessToken(issuer, key)
    for (let n = 0; n < 3; n += 1) {
      await assert.rejects(verifier.verifyAccessToken(old), { code: 'keys_unavailable' })
      mock.timers.tick(2_001)
    }
    published.status = 200
    published.keys = [nextKey, key]
    await verifier.verifyAccessToken(old)
  })

  /** A verifier whose issuer answers, of the keys that it has when it is asked, when it is let go. */
  const startSlow = async () => {
    const published = { keys: [key] }
    let [letGo, isAsked] = [() => {}, () => {}]
    const { origin, close } = await serve((_request, response) => {
      const body = JSON.stringify({ keys: published.keys.map(({ publicJwk }) => publicJwk) })
      letGo = () => response.end(body)
      isAsked()
    })
    closers.push(close)
    const asked = () => new Promise<void>((resolve) => (isAsked = resolve))
    const verifier = createTokenVerifier({ issuer: origin, audience: API, clientId: CLIENT, jwksUri: `${origin}/jwks` })
    return { issuer: origin, verifier, published, asked, letGo: () => letGo() }
  }

  for (const when of ['first', 'for a made-up key id', 'of an age'])
    it(`that are published while they are fetched (${when}) are unknown to who comes then, and to nobody for good`, async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const { issuer, verifier, published, asked, letGo } = await startSlow()
      const verified = async (token: string) => {
        const isAsked = asked()
        const result = verifier.verifyAccessToken(token)
        await isAsked
        letGo()
        return result
      }
      if (when !== 'first') await verified(await accessToken(issuer, key))
      if (when === 'of an age') mock.timers.tick(601_000)

      const [fetching, old] = [await withKidOf(issuer, 'made-up'), await accessToken(issuer, key)]
      const [fresh, logout] = [await accessToken(issuer, nextKey), await logoutToken(issuer, nextKey)]
      const isAsked = asked()
      const first = assert.rejects(verifier.verifyAccessToken(fetching), { code: 'signature' })
      await isAsked
      published.keys = [nextKey]
      const joined = Promise.all([
        assert.rejects(verifier.verifyAccessToken(fresh), {
          code: 'key_unknown',
          status: 503,
          headers: { 'retry-after': '1' },
        }),
        receiveLogout(verifier, { logout_token: logout }, () => assert.fail('ended')),
        verifier.verifyAccessToken(old),
      ])
      await new Promise(setImmediate)
      letGo()
      await first
      assert.equal((await joined)[1].status, 503)

      await verified(fresh)
      const ended: unknown[] = []
      await receiveLogout(verifier, { logout_token: logout }, (who) => ended.push(who))
      assert.equal(ended.length, 1)
    })

  it('that were here and were withdrawn are no riddle, however little may be asked', async () => {
    const { issuer, verifier, published } = await start()
    const old = await accessToken(issuer, key)
    await verifier.verifyAccessToken(old)
    published.keys = [nextKey]
    await verifier.verifyAccessToken(await accessToken(issuer, nextKey))
    for (let n = 0; n < 5; n += 1) await assert.rejects(verifier.verifyAccessToken(old), { code: 'signature' })
  })

  it('that are withdrawn are forgotten when their age is up', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    await verifier.verifyAccessToken(await accessToken(issuer, key))

    published.keys = [nextKey]
    mock.timers.tick(601_000)
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'signature' })
  })

  for (const [rest, go] of [
    ['a rest', () => mock.timers.tick(2_001)],
    ['the clock was put back', () => mock.timers.setTime(Date.now() - 3_600_000)],
  ] as const)
    it(`that cannot be had are no fault of the token, and are asked for again after ${rest}`, async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const { issuer, verifier, published, asked } = await start()
      published.status = 503
      const token = await accessToken(issuer, key)
      await assert.rejects(verifier.verifyAccessToken(token), { code: 'keys_unavailable' })
      await assert.rejects(verifier.verifyAccessToken(token), {
        code: 'keys_unavailable',
        headers: { 'retry-after': '2' },
      })
      assert.equal(asked.discovery, 1)

      published.status = 200
      go()
      await verifier.verifyAccessToken(await accessToken(issuer, key))
    })

  it('that are here already hold while the issuer is away, whatever else is sent', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { issuer, verifier, published } = await start()
    const good = await accessToken(issuer, key)
    await verifier.verifyAccessToken(good)

    published.status = 503
    mock.timers.tick(31_000)
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, nextKey)), { code: 'keys_unavailable' })
    await verifier.verifyAccessToken(good)
  })

  const useless: [string, string][] = [
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['another document', '{}'],
    ['a list', '[]'],
    ['a set of what are no keys', '{"keys":["x"]}'],
    ['a set of nothing', '{"keys":[null]}'],
    ['a discovery document', '{"jwks_uri":"https://issuer.example"}'],
    ['more than anybody needs', JSON.stringify({ keys: [], more: 'x'.repeat(300_000) })],
  ]
  for (const [title, body] of useless)
    it(`are asked for once, and then rested from, where ${title} is answered, however many key ids are made up`, async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      let [asked, answer] = [0, JSON.stringify({ keys: [key.publicJwk] })]
      const { origin, close } = await serve((_request, response) => {
        asked += 1
        response.end(answer)
      })
      closers.push(close)
      const verifier = createTokenVerifier({ issuer: origin, audience: API, jwksUri: `${origin}/jwks` })
      const good = await accessToken(origin, key)
      await verifier.verifyAccessToken(good)

      answer = body
      for (let each = 0; each < 20; each += 1) {
        const header = { kid: `made-up-${each}` }
        await assert.rejects(verifier.verifyAccessToken(await accessToken(origin, key, { header })))
      }
      assert.equal(asked, 2)
      await verifier.verifyAccessToken(good)
    })

  it('are looked for once, and then rested from, where the discovery document is of no use', async () => {
    const { issuer, verifier, published, asked } = await start()
    published.claimsToBe = 'https://another.example'
    for (let each = 0; each < 20; each += 1)
      await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'keys_unavailable' })
    assert.equal(asked.discovery, 1)
  })

  it('are not taken from a discovery document that names another issuer, even by a slash', async () => {
    const { issuer, verifier, published, asked } = await start()
    published.claimsToBe = `${issuer}/`
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'keys_unavailable' })
    assert.equal(asked.jwks, 0)
  })

  it('are not fetched over plain http from another machine', async () => {
    const { issuer, verifier, published } = await start()
    published.jwksUri = 'http://192.0.2.1/jwks'
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'keys_unavailable' })
  })

  it('are not fetched from where a redirect points', async () => {
    const { issuer, asked } = await start()
    const redirecting = await serve((_request, response) =>
      response.writeHead(302, { location: `${issuer}/jwks` }).end(),
    )
    closers.push(redirecting.close)
    const verifier = createTokenVerifier({ issuer, audience: API, jwksUri: `${redirecting.origin}/jwks` })
    await assert.rejects(verifier.verifyAccessToken(await accessToken(issuer, key)), { code: 'keys_unavailable' })
    assert.equal(asked.jwks, 0)
  })

  it('are fetched without discovery where the application says where they are', async () => {
    const issuer = await startIssuer(key)
    closers.push(issuer.close)
    const verifier = createTokenVerifier({ issuer: issuer.issuer, audience: API, jwksUri: `${issuer.issuer}/jwks` })
    await verifier.verifyAccessToken(await accessToken(issuer.issuer, key))
    assert.deepEqual(issuer.asked, { discovery: 0, jwks: 1 })
  })
})
