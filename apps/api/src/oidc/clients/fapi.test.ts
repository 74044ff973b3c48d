import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { addPerson, enrol, issuer, signInHere, startService, type TestService } from '../../service.testing.ts'
import { authorizeUrl, type Parameters, post, redeem, requestOf } from '../code-flow.testing.ts'
import { makeProver, type Prover, registerSigning } from './signing-client.testing.ts'

type Signing = Awaited<ReturnType<typeof registerSigning>>

const seconds = () => Math.floor(Date.now() / 1000)

describe('a client under the FAPI 2.0 Security Profile', () => {
  let service: TestService
  let browser: BrowserLike
  let bank: Signing
  let prover: Prover
  before(async () => {
    service = await startService()
    bank = await registerSigning(service, { id: 'strict', metadata: { profile: 'fapi2' } })
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
    prover = await makeProver()
  })
  after(() => service.close())

  const push = async (parameters: Parameters = {}, client = bank, claims = {}) =>
    post(service, '/par', { ...requestOf({ client_id: client.id, ...parameters }), ...(await client.prove(claims)) })
  const newCode = async (parameters: Parameters = {}, client = bank) => {
    const { status, body } = await push(parameters, client)
    assert.equal(status, 201, JSON.stringify(body))
    const query = new URLSearchParams({ client_id: client.id, request_uri: String(body['request_uri']) })
    const page = await browser.follow(`${issuer}/authorize?${query}`, { until: 'another-origin' })
    assert.equal(page.status, 303)
    assert.equal(page.location?.searchParams.get('iss'), issuer)
    return page.location?.searchParams.get('code') ?? ''
  }
  const withProof = async (claims = {}) => ({ dpop: await prover.proof('POST', '/token', claims) })
  const signOn = async (parameters: Parameters = {}, client = bank) => {
    const answer = await redeem(service, await newCode(parameters, client), await client.prove(), await withProof())
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }

  it('pushes its request, proves who it is by a signature, and is given tokens that are bound to its key', async () => {
    const body = await signOn({ resource: 'http://localhost:3001/api', scope: 'openid patients.read' })
    assert.equal(body['token_type'], 'DPoP')
    assert.deepEqual(decodeJwt(String(body['access_token']))['cnf'], { jkt: prover.jkt })
    for (const name of ['id_token', 'access_token'])
      assert.equal(decodeProtectedHeader(String(body[name])).alg, 'ES256', name)
  })

  it('is refused where it asks without pushing first', async () => {
    const { location } = await browser.get(authorizeUrl({ client_id: bank.id }))
    assert.equal(location?.searchParams.get('error'), 'invalid_request')
    assert.equal(location?.searchParams.has('code'), false)
  })

  it('is given no bearer token: not for its code, nor at a refresh', async () => {
    const offline = { scope: 'openid offline_access', prompt: 'consent' }
    const bare = await redeem(service, await newCode(), await bank.prove())
    assert.equal(bare.body['error'], 'invalid_grant')
    assert.equal(bare.body['access_token'], undefined)
    const { refresh_token } = await signOn(offline)
    const form = async () => ({
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
      ...(await bank.prove()),
    })
    assert.equal((await post(service, '/token', await form())).body['access_token'], undefined)
    assert.equal((await post(service, '/token', await form(), await withProof())).body['token_type'], 'DPoP')
  })

  it('is given no bearer token for itself, nor for an ID token', async () => {
    const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
    const grant_types: ClientMetadata['grant_types'] = ['authorization_code', 'client_credentials', exchange]
    const client = await registerSigning(service, { id: 'strict-api', metadata: { profile: 'fapi2', grant_types } })
    const subject_token = String((await signOn({}, client))['id_token'])
    const subject = { subject_token, subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }
    for (const form of [{ grant_type: 'client_credentials' }, { grant_type: exchange, ...subject }]) {
      const bare = await post(service, '/token', { ...form, ...(await client.prove()) })
      assert.deepEqual([bare.status, bare.body['access_token']], [400, undefined])
      const bound = await post(service, '/token', { ...form, ...(await client.prove()) }, await withProof())
      assert.equal(bound.body['token_type'], 'DPoP')
    }
  })

  it('keeps its refresh token, which its own keys guard: it is not rotated (§5.3.2.1)', async () => {
    const { refresh_token } = await signOn({ scope: 'openid offline_access', prompt: 'consent' })
    for (const _ of [1, 2]) {
      const form = { grant_type: 'refresh_token', refresh_token: String(refresh_token), ...(await bank.prove()) }
      const { status, body } = await post(service, '/token', form, await withProof())
      assert.equal(status, 200)
      assert.equal(body['refresh_token'], refresh_token)
    }
  })

  it('uses PKCE with S256, whatever its registration says', async () => {
    for (const parameters of [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
    ])
      assert.equal((await push(parameters)).body['error'], 'invalid_request')
  })

  it('names the issuer as the one audience of its assertions, and nothing else (§5.3.2.1)', async () => {
    for (const aud of [`${issuer}/token`, `${issuer}/par`, [issuer], `${issuer}/`])
      assert.equal((await push({}, bank, { aud })).body['error'], 'invalid_client', JSON.stringify(aud))
    assert.equal((await push({}, bank, { aud: issuer })).status, 201)
  })

  it('has a clock that may be 10 seconds ahead, and not a minute and more', async () => {
    for (const claims of [{ iat: seconds() + 9 }, { nbf: seconds() + 9 }])
      assert.equal((await push({}, bank, claims)).status, 201, JSON.stringify(claims))
    for (const claims of [{ iat: seconds() + 65 }, { nbf: seconds() + 65 }, { exp: seconds() + 400 }])
      assert.equal((await push({}, bank, claims)).body['error'], 'invalid_client', JSON.stringify(claims))
    const nonce = (await redeem(service, 'x', await bank.prove(), await withProof())).headers['dpop-nonce']
    const late = await redeem(
      service,
      await newCode(),
      await bank.prove(),
      await withProof({ iat: seconds() + 70, nonce }),
    )
    assert.equal(late.body['error'], 'invalid_dpop_proof')
  })

  for (const alg of ['PS256', 'EdDSA'])
    it(`may sign with ${alg}`, async () => {
      const client = await registerSigning(service, {
        id: `strict-${alg.toLowerCase()}`,
        alg,
        metadata: { profile: 'fapi2' },
      })
      assert.equal((await push({}, client)).status, 201)
    })

  for (const alg of ['RS256', 'RS512'])
    it(`may not sign with ${alg}`, async () => {
      const client = await registerSigning(service, {
        id: `strict-${alg.toLowerCase()}`,
        alg,
        metadata: { profile: 'fapi2' },
      })
      assert.equal((await push({}, client)).body['error'], 'invalid_client')
    })

  for (const [what, metadata] of [
    ['a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['nothing to prove itself by', { token_endpoint_auth_method: 'none' }],
    ['no PKCE', { pkce_required: false }],
    ['ID tokens by RS256', { id_token_signed_response_alg: 'RS256' }],
    ['userinfo by RS256', { userinfo_signed_response_alg: 'RS256' }],
    ['assertions by RS512', { token_endpoint_auth_signing_alg: 'RS512' }],
  ] as [string, ClientMetadata][])
    it(`with ${what} is no client at all, should it have been registered so`, async () => {
      const client = await registerSigning(service, { id: 'wrong', metadata: { profile: 'fapi2', ...metadata } })
      const { status, body } = await post(service, '/par', {
        ...requestOf({ client_id: client.id }),
        ...(await client.prove()),
      })
      assert.equal(status, 400)
      assert.equal(body['error'], 'invalid_client_metadata')
      const page = await browser.get(authorizeUrl({ client_id: client.id }))
      assert.equal(page.location, undefined)
      assert.equal(page.status, 400)
    })
})
