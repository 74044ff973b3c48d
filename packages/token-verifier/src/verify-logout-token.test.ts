import assert from 'node:assert/strict'
import { after, afterEach, describe, it, mock } from 'node:test'
import { createReplayMemory, createTokenVerifier, type RefusalCode } from './index.ts'
import {
  API,
  accessToken,
  CLIENT,
  idToken,
  LOGOUT_EVENT,
  logoutToken,
  newKey,
  seconds,
  startIssuer,
} from './testing/issuer.ts'

const key = await newKey('key-1')

describe('a logout token', async () => {
  const { issuer, close } = await startIssuer(key)
  const options = { issuer, audience: API, clientId: CLIENT }
  const verifier = createTokenVerifier(options)
  after(close)
  afterEach(() => mock.timers.reset())

  const token = (changes = {}) => logoutToken(issuer, key, changes)
  const refuses = (code: RefusalCode, refused: string) =>
    assert.rejects(verifier.verifyLogoutToken(refused), { name: 'TokenRefused', code })

  it('is accepted with the session that it ends', async () => {
    const { claims, header } = await verifier.verifyLogoutToken(await token())
    assert.equal(header.typ, 'logout+jwt')
    assert.deepEqual([claims.sid, claims.sub], ['a-session', '656005750104'])
  })

  it('is accepted for a session alone, or for all of a person', async () => {
    await verifier.verifyLogoutToken(await token({ claims: { sub: undefined } }))
    await verifier.verifyLogoutToken(await token({ claims: { sid: undefined } }))
  })

  it('is accepted under the general type, and under the long form of its own', async () => {
    for (const typ of ['JWT', 'application/logout+jwt'])
      await verifier.verifyLogoutToken(await token({ header: { typ } }))
  })

  it('is refused without a type, or with another', async () => {
    for (const typ of [undefined, 'at+jwt', 'dpop+jwt', 'logout'])
      await refuses('type', await token({ header: { typ } }))
  })

  it('is refused when it is an ID token or an access token', async () => {
    await refuses('type', await idToken(issuer, key))
    await refuses(
      'claims',
      await idToken(issuer, key, { header: { typ: 'JWT' }, claims: { jti: 'a', sid: 'a-session' } }),
    )
    await refuses('type', await accessToken(issuer, key, { claims: { aud: CLIENT } }))
  })

  it('is taken for no other token', async () => {
    const general = await token({ header: { typ: 'JWT' }, claims: { aud: API } })
    await assert.rejects(verifier.verifyAccessToken(general), { code: 'type' })
    await assert.rejects(verifier.verifyIdToken(await token()), { code: 'type' })
    await assert.rejects(verifier.verifyIdToken(await token({ header: { typ: 'JWT' } })), { code: 'claims' })
  })

  it('is refused when it is older than 5 minutes, whatever its end', async () => {
    const end = { exp: seconds() + 3600 }
    await refuses('expired', await token({ claims: { iat: seconds() - 306, ...end } }))
    await verifier.verifyLogoutToken(await token({ claims: { iat: seconds() - 299, ...end } }))
  })

  const wrong = {
    events: [
      undefined,
      null,
      'logout',
      [],
      {},
      { [LOGOUT_EVENT]: true },
      { [LOGOUT_EVENT]: null },
      { [LOGOUT_EVENT]: [] },
    ],
    nonce: ['a-nonce', ''],
    jti: [undefined, '', 7],
    sub: [7, ''],
    sid: [7, ''],
    iat: [undefined],
    exp: [undefined],
  }
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values)
      it(`is refused with ${name}: ${JSON.stringify(value)}`, async () =>
        refuses('claims', await token({ claims: { [name]: value } })))
  }

  it('is refused when it ends nothing', async () =>
    refuses('claims', await token({ claims: { sub: undefined, sid: undefined } })))

  it('is refused the second time, also of 16 at once', async () => {
    const once = await token()
    const results = await Promise.allSettled(Array.from({ length: 16 }, () => verifier.verifyLogoutToken(once)))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    await refuses('replayed', once)
  })

  it('is refused the second time for as long as it could be accepted at all', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const once = await token({ claims: { exp: seconds() + 3600 } })
    await verifier.verifyLogoutToken(once)
    for (let second = 0; second < 310; second += 5) {
      mock.timers.tick(5_000)
      await assert.rejects(verifier.verifyLogoutToken(once), ({ code }) => code === 'replayed' || code === 'expired')
    }
    await refuses('expired', once)
  })

  it('is refused the second time by every process that shares the memory', async () => {
    const replays = createReplayMemory()
    const [here, there] = [createTokenVerifier({ ...options, replays }), createTokenVerifier({ ...options, replays })]
    const once = await token()
    await here.verifyLogoutToken(once)
    await assert.rejects(there.verifyLogoutToken(once), { code: 'replayed' })
  })

  it('uses its id up only when all else is as it should be', async () => {
    const jti = 'the-same-id'
    await refuses('claims', await token({ claims: { jti, nonce: 'a-nonce' } }))
    await verifier.verifyLogoutToken(await token({ claims: { jti } }))
  })
})
