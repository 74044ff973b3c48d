import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import {
  addPerson,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { makeKey, makeProver, type Prover, registerSigning } from '../clients/signing-client.testing.ts'
import { authorizeUrl, type Parameters, post, redeem, requestOf } from '../code-flow.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

const offline = { scope: 'openid offline_access', prompt: 'consent' }

describe('a proof of possession (RFC 9449)', () => {
  let service: Started
  let second: Started
  let browser: BrowserLike
  let mine: Prover
  let thiefs: Prover
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    await registerClient(service)
    await registerClient(service, {
      ...ward,
      id: 'bound',
      metadata: { ...ward.metadata, dpop_bound_access_tokens: true },
    })
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
    mine = await makeProver()
    thiefs = await makeProver()
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const newCode = async (parameters: Parameters = {}) => {
    const page = await browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
    return page.location?.searchParams.get('code') ?? ''
  }
  const at = (prover: Prover, path = '/token', claims = {}) => prover.proof('POST', path, claims)
  const signOn = async (parameters: Parameters = {}, client_id = 'ward') => {
    const answer = await redeem(
      service,
      await newCode({ ...parameters, client_id }),
      { client_id },
      { dpop: await at(mine) },
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const userinfo = async (
    token: unknown,
    dpop?: string,
    { scheme = 'DPoP', at = service }: { scheme?: string; at?: Pick<TestService, 'app'> } = {},
  ) => at.app.inject({ url: '/userinfo', headers: { authorization: `${scheme} ${token}`, ...(dpop && { dpop }) } })
  const refresh = (token: unknown, dpop?: string, parameters: Parameters = { client_id: 'ward' }) =>
    post(
      service,
      '/token',
      { grant_type: 'refresh_token', refresh_token: String(token), ...parameters },
      dpop ? { dpop } : {},
    )

  it('binds the access token to the key: userinfo takes it with a proof, and in no other way', async () => {
    const body = await signOn()
    assert.equal(body['token_type'], 'DPoP')
    const token = String(body['access_token'])
    const here = (claims = {}) => mine.proof('GET', '/userinfo', { token, ...claims })
    assert.equal((await userinfo(token, await here())).statusCode, 200)
    assert.equal((await userinfo(token, undefined, { scheme: 'Bearer' })).statusCode, 401)
    assert.equal((await userinfo(token, await here(), { scheme: 'Bearer' })).statusCode, 400)
    assert.equal((await userinfo(token, undefined)).statusCode, 400)
    for (const [what, proof] of Object.entries({
      'another key': await thiefs.proof('GET', '/userinfo', { token }),
      'another token': await mine.proof('GET', '/userinfo', { token: 'x' }),
      'no token': await mine.proof('GET', '/userinfo'),
      'another method': await mine.proof('POST', '/userinfo', { token }),
      'another address': await mine.proof('GET', '/token', { token }),
      'another host': await here({ htu: 'https://evil.example/userinfo' }),
    })) {
      const answer = await userinfo(token, proof)
      assert.ok([400, 401].includes(answer.statusCode), what)
      assert.match(String(answer.headers['www-authenticate']), /^DPoP /, what)
    }
  })

  it('is named in a token for an API, which checks it by itself', async () => {
    const body = await signOn({ resource: 'http://localhost:3001/api', scope: 'openid patients.read' })
    assert.deepEqual(decodeJwt(String(body['access_token']))['cnf'], { jkt: mine.jkt })
  })

  it('is used once, here or at another instance', async () => {
    const { access_token: token } = await signOn()
    const proof = await mine.proof('GET', '/userinfo', { token: String(token) })
    assert.equal((await userinfo(token, proof)).statusCode, 200)
    assert.equal((await userinfo(token, proof)).statusCode, 401)
    assert.equal((await userinfo(token, proof, { at: second })).statusCode, 401)
    const [event] = await sql<{ details: { at: string } }>(
      service,
      `select details from audit_event where type = 'replay-refused' order by seq desc limit 1`,
    )
    assert.equal(event?.details.at, 'userinfo')
    const code = await newCode()
    const dpop = await at(mine)
    assert.equal((await redeem(service, code, {}, { dpop })).status, 200)
    assert.equal((await redeem(second, await newCode(), {}, { dpop })).body['error'], 'invalid_grant')
  })

  it('is used by one of 16 at once, raced across two instances', async () => {
    const { access_token: token } = await signOn()
    const proof = await mine.proof('GET', '/userinfo', { token: String(token) })
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => userinfo(token, proof, { at: index % 2 === 0 ? service : second })),
    )
    assert.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1)
    assert.ok(answers.every(({ statusCode }) => statusCode === 200 || statusCode === 401))
  })

  it('of a public client, which anybody can repeat, fills no audit log', async () => {
    const events = async () =>
      (
        await sql<{ count: number }>(
          service,
          `select count(*)::int as count from audit_event where type = 'replay-refused'`,
        )
      )[0]
    const before = await events()
    const dpop = await at(mine, '/par')
    for (const _ of [1, 2]) await post(service, '/par', requestOf(), { dpop })
    assert.deepEqual(await events(), before)
  })

  it('of another form is no proof', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const hidden = await makeKey()
    const other = await makeProver()
    for (const [what, dpop] of Object.entries({
      nonsense: 'x.y.z',
      'too old': await at(mine, '/token', { iat: seconds - 400 }),
      'from the future': await at(mine, '/token', { iat: seconds + 90 }),
      'without a time': await at(mine, '/token', { iat: undefined }),
      'without an id': await at(mine, '/token', { jti: undefined }),
      'of another type': await mine.proof('POST', '/token', {}, { typ: 'JWT' }),
      'under another key than it shows': await mine.proof('POST', '/token', {}, { jwk: other.jwk }),
      'with a private key in it': await hidden.sign(
        { typ: 'dpop+jwt', jwk: { ...hidden.jwk, d: 'x' } },
        { htm: 'POST', htu: `${issuer}/token`, jti: 'x', iat: seconds },
      ),
      'with a nonce of nobody': await at(mine, '/token', { nonce: 'x' }),
    })) {
      const { status, body } = await redeem(service, await newCode(), {}, { dpop })
      assert.equal(status, 400, what)
      assert.ok(['invalid_dpop_proof', 'use_dpop_nonce'].includes(String(body['error'])), `${what}: ${body['error']}`)
    }
  })

  it('from a clock that is wrong is taken with a nonce that was given at either instance', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    for (const iat of [seconds - 4000, seconds + 4000]) {
      const first = await redeem(service, await newCode(), {}, { dpop: await at(mine, '/token', { iat }) })
      assert.equal(first.body['error'], 'use_dpop_nonce')
      const nonce = first.headers['dpop-nonce']
      const again = await redeem(second, await newCode(), {}, { dpop: await at(mine, '/token', { iat, nonce }) })
      assert.equal(again.status, 200, JSON.stringify(again.body))
    }
  })

  for (const alg of ['ES256', 'PS256', 'EdDSA', 'Ed25519'])
    it(`may be signed with ${alg}`, async () => {
      const prover = await makeProver(alg)
      assert.equal((await redeem(service, await newCode(), {}, { dpop: await at(prover) })).status, 200)
    })

  it('may not be signed with RS256', async () => {
    const prover = await makeProver('RS256')
    const { body } = await redeem(service, await newCode(), {}, { dpop: await at(prover) })
    assert.equal(body['error'], 'invalid_dpop_proof')
  })

  it('of the key that the request named is asked for with the code (§10)', async () => {
    for (const dpop of [undefined, await at(thiefs)]) {
      const code = await newCode({ dpop_jkt: mine.jkt })
      assert.equal((await redeem(service, code, {}, dpop ? { dpop } : {})).body['error'], 'invalid_grant')
    }
    const code = await newCode({ dpop_jkt: mine.jkt })
    assert.equal((await redeem(service, code, {}, { dpop: await at(mine) })).status, 200)
  })

  it('that comes with a pushed request binds its code (§10.1)', async () => {
    const push = async (parameters: Parameters, prover: Prover) =>
      post(service, '/par', requestOf(parameters), { dpop: await at(prover, '/par') })
    assert.equal((await push({ dpop_jkt: mine.jkt }, thiefs)).body['error'], 'invalid_request')
    const codeOf = async () => {
      const { body } = await push({}, mine)
      const query = new URLSearchParams({ client_id: 'ward', request_uri: String(body['request_uri']) })
      const page = await browser.follow(`${issuer}/authorize?${query}`, { until: 'another-origin' })
      return page.location?.searchParams.get('code') ?? ''
    }
    assert.equal((await redeem(service, await codeOf(), {}, { dpop: await at(thiefs) })).body['error'], 'invalid_grant')
    assert.equal((await redeem(service, await codeOf(), {}, { dpop: await at(mine) })).status, 200)
  })

  it('is asked for, of a client that is registered so: never a bearer token', async () => {
    const parameters = { client_id: 'bound' }
    assert.equal((await redeem(service, await newCode(parameters), parameters)).body['error'], 'invalid_grant')
    const body = await signOn(offline, 'bound')
    assert.equal((await refresh(body['refresh_token'], undefined, parameters)).body['error'], 'invalid_grant')
    const next = await refresh(body['refresh_token'], await at(mine), parameters)
    assert.equal(next.body['token_type'], 'DPoP')
  })

  it('of the same key is asked for at each refresh of a public client (§5)', async () => {
    const body = await signOn(offline)
    assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
    assert.equal((await refresh(body['refresh_token'], await at(thiefs))).body['error'], 'invalid_grant')
    const next = await refresh(body['refresh_token'], await at(mine))
    assert.equal(next.body['token_type'], 'DPoP')
    assert.equal((await refresh(next.body['refresh_token'], await at(thiefs))).body['error'], 'invalid_grant')
  })

  it('may be of another key at a refresh of a client that proves who it is besides', async () => {
    const { prove } = await registerSigning(service)
    const first = await redeem(service, await newCode({ ...offline, client_id: 'signing' }), await prove(), {
      dpop: await at(mine),
    })
    assert.equal(first.body['token_type'], 'DPoP')
    const next = await refresh(first.body['refresh_token'], await at(thiefs), await prove())
    assert.equal(next.status, 200)
  })

  it('is told of at introspection', async () => {
    const body = await signOn()
    const looked = await post(service, '/introspect', { client_id: 'ward', token: String(body['access_token']) })
    assert.deepEqual([looked.body['token_type'], looked.body['cnf']], ['DPoP', { jkt: mine.jkt }])
  })
})
