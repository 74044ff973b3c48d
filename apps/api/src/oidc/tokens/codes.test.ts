import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike } from '@fobwatch/testkit'
import type { Person } from '#people'
import { addPerson, enrol, registerClient, signInHere, sql, startService, ward } from '../../service.testing.ts'
import { authorizeUrl, type Parameters, post, redeem, verifier } from '../code-flow.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

describe('an authorization code', () => {
  let service: Started
  let second: Started
  let person: Person
  let browser: BrowserLike
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'other' })
    person = await addPerson(service)
    browser = await signInHere(service, (await enrol(service, person.id)).device)
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const backWith = async (parameters?: Parameters) => {
    const page = await browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
    return page.location?.searchParams ?? new URLSearchParams()
  }
  const newCode = async (parameters?: Parameters) => (await backWith(parameters)).get('code') ?? ''
  const offline = { scope: 'openid offline_access', prompt: 'consent' }
  const userinfo = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).statusCode
  const refresh = async (token: unknown) =>
    (await post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: String(token) }))
      .body
  const hashOf = (code: string) => createHash('sha256').update(code).digest()
  const reuses = async () =>
    (await service.rooms.audit.eventsOf(person.id)).filter(
      ({ type, details }) => type === 'tokens-revoked' && details['why'] === 'used-twice',
    )

  it('is stored as a hash, with nothing of it in the row', async () => {
    const code = await newCode()
    const [row] = await sql(
      service,
      `select * from oidc_transient where kind = 'AuthorizationCode' and hash = $1`,
      hashOf(code),
    )
    assert.ok(row)
    assert.ok(!JSON.stringify(row).includes(code))
  })

  it('line 27: is good once; used again, it takes back the tokens that it gave, and that is recorded', async () => {
    const before = (await reuses()).length
    const code = await newCode(offline)
    const { status, body } = await redeem(service, code)
    assert.equal(status, 200)
    assert.equal(await userinfo(body['access_token']), 200)

    assert.equal((await redeem(service, code)).body['error'], 'invalid_grant')
    assert.equal(await userinfo(body['access_token']), 401)
    assert.equal((await refresh(body['refresh_token']))['error'], 'invalid_grant')
    const [event] = (await reuses()).slice(before)
    assert.equal(event?.client, 'ward')
    assert.ok(event?.requestId)
  })

  it('line 27: used twice takes back nothing of what the session gives afterwards', async () => {
    const code = await newCode()
    await redeem(service, code)
    await redeem(service, code)
    const { status, body } = await redeem(service, await newCode())
    assert.equal(status, 200)
    assert.equal(await userinfo(body['access_token']), 200)
  })

  for (const times of [8, 16])
    it(`line 27: gives one set of tokens to ${times} at once, raced across two instances, and takes it back`, async () => {
      const code = await newCode(offline)
      const instances = Array.from({ length: times }, (_, index) => (index % 2 === 0 ? service : second))
      const answers = await Promise.all(instances.map((each) => redeem(each, code)))
      const [won, ...more] = answers.filter(({ status }) => status === 200)
      assert.ok(won)
      assert.deepEqual(more, [])
      const lost = answers.filter(({ status }) => status !== 200)
      assert.ok(lost.every(({ status, body }) => status === 400 && body['error'] === 'invalid_grant'))
      assert.equal(await userinfo(won.body['access_token']), 401)
      assert.equal((await refresh(won.body['refresh_token']))['error'], 'invalid_grant')
    })

  it('line 27: is good for 60 seconds', async () => {
    const code = await newCode()
    const [row] = await sql<{ iat: number; exp: number }>(
      service,
      `select (payload->>'iat')::int as iat, (payload->>'exp')::int as exp from oidc_transient where hash = $1`,
      hashOf(code),
    )
    assert.equal(Number(row?.exp) - Number(row?.iat), 60)
    const age = `payload || jsonb_build_object('iat', (payload->>'iat')::int - 61, 'exp', (payload->>'exp')::int - 61)`
    await sql(service, `update oidc_transient set payload = ${age} where hash = $1`, hashOf(code))
    assert.equal((await redeem(service, code)).body['error'], 'invalid_grant')
  })

  it('line 28: of one client is no good for another, and stays good for its own', async () => {
    const code = await newCode()
    assert.equal((await redeem(service, code, { client_id: 'other' })).body['error'], 'invalid_grant')
    assert.equal((await redeem(service, code)).status, 200)
  })

  it('line 28: is no good when it was edited', async () => {
    const code = await newCode()
    const edited = [
      code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A'),
      code.slice(0, -1),
      `${code}A`,
      code.toUpperCase() === code ? code.toLowerCase() : code.toUpperCase(),
      `${code}\0`,
      ' ',
    ]
    for (const each of edited) assert.equal((await redeem(service, each)).status, 400, each)
    assert.equal((await redeem(service, code)).status, 200)
  })

  it('line 28: is no access token and no refresh token', async () => {
    const code = await newCode()
    assert.equal(await userinfo(code), 401)
    assert.equal((await refresh(code))['error'], 'invalid_grant')
    assert.equal((await post(service, '/introspect', { client_id: 'ward', token: code })).body['active'], false)
  })

  for (const [what, parameters] of [
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with the method plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['without a method', { code_challenge_method: undefined }],
    ['with a method and no challenge', { code_challenge: undefined }],
    ['with a challenge that is too short', { code_challenge: 'short' }],
    ['with an unknown method', { code_challenge_method: 'S512' }],
  ] as const)
    it(`line 29: is not given ${what}`, async () => {
      const back = await backWith(parameters)
      assert.equal(back.get('error'), 'invalid_request')
      assert.equal(back.has('code'), false)
    })

  for (const [what, code_verifier] of [
    ['no verifier', undefined],
    ['an empty verifier', ''],
    ['a wrong verifier', 'A'.repeat(43)],
    ['a verifier that is too short', 'A'],
    ['the challenge for its verifier', createHash('sha256').update(verifier).digest('base64url')],
  ] as const)
    it(`line 29: is not redeemed with ${what}`, async () => {
      const { status, body } = await redeem(service, await newCode(), { code_verifier })
      assert.equal(status, 400)
      assert.ok(['invalid_grant', 'invalid_request'].includes(String(body['error'])))
      assert.equal(body['access_token'], undefined)
    })

  it('line 29: is not redeemed with a verifier where there was no challenge (RFC 9700 §4.8.2)', async () => {
    const code = await newCode()
    const without = `payload - 'codeChallenge' - 'codeChallengeMethod'`
    await sql(service, `update oidc_transient set payload = ${without} where hash = $1`, hashOf(code))
    assert.equal((await redeem(service, code)).body['error'], 'invalid_grant')
  })

  describe('of a client that is let off PKCE', () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined }
    const secret = 's3cret'
    before(async () => {
      const metadata = { ...ward.metadata, pkce_required: false }
      await registerClient(service, { ...ward, id: 'public', metadata })
      const post = { ...metadata, token_endpoint_auth_method: 'client_secret_post' } as const
      await registerClient(service, { ...ward, id: 'let-off', secret, metadata: post })
    })
    const own = { client_id: 'let-off', client_secret: secret }

    it('line 29: is given and redeemed without, where the client has a secret', async () => {
      const code = await newCode({ client_id: 'let-off', ...without })
      assert.equal((await redeem(service, code, { ...own, code_verifier: undefined })).status, 200)
    })

    it('line 29: is not redeemed with a verifier where there was no challenge', async () => {
      const code = await newCode({ client_id: 'let-off', ...without })
      assert.equal((await redeem(service, code, own)).body['error'], 'invalid_grant')
    })

    it('line 29: is not redeemed without a verifier where there was a challenge', async () => {
      const { status, body } = await redeem(service, await newCode({ client_id: 'let-off' }), {
        ...own,
        code_verifier: undefined,
      })
      assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
    })

    it('line 29: is not given without to a public client, whatever its registration says', async () => {
      const back = await backWith({ client_id: 'public', ...without })
      assert.equal(back.get('error'), 'invalid_request')
    })
  })

  it('dies with its session', async () => {
    const own = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
    const page = await own.follow(authorizeUrl(), { until: 'another-origin' })
    await sql(
      service,
      'update session set ended_at = now() where secret_hash = $1',
      hashOf(/session=([^;]+)/.exec(own.cookieHeader('http://localhost:3000/'))?.[1] ?? ''),
    )
    assert.equal((await redeem(service, page.location?.searchParams.get('code') ?? '')).body['error'], 'invalid_grant')
  })
})
