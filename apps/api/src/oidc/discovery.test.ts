import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeProtectedHeader } from 'jose'
import {
  addPerson,
  enrol,
  issuer,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../service.testing.ts'
import { makeProver, registerSigning } from './clients/signing-client.testing.ts'
import { authorizeUrl, type Parameters, post, redeem } from './code-flow.testing.ts'

type Discovered = Record<string, string[]> & { issuer: string }

/** Everything that a service of this kind could say that it does, so that what it leaves out is asked for too. */
const everyGrant = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'implicit',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:pre-authorized_code',
]
const everyMethod = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
  'client_secret_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
]
const everyAlgorithm = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]
const everyEndpoint = [
  '/reg',
  '/device/auth',
  '/device',
  '/backchannel',
  '/challenge',
  '/credential',
  '/interaction/x',
  '/request',
  '/session/end',
]

describe('what discovery says', () => {
  let service: TestService
  let browser: BrowserLike
  let discovered: Discovered
  before(async () => {
    service = await startService()
    await registerClient(service)
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
    discovered = (await service.app.inject('/.well-known/openid-configuration')).json()
  })
  after(() => service.close())

  const said = (name: string): string[] => discovered[name] ?? []
  const silently = async (parameters: Parameters) => {
    const { location } = await browser.follow(authorizeUrl({ ...parameters, prompt: 'none' }), {
      until: 'another-origin',
    })
    return location?.searchParams ?? new URLSearchParams()
  }
  const register = (id: string, metadata: ClientMetadata) =>
    registerClient(service, { ...ward, id, secret: 's3cret', metadata: { ...ward.metadata, ...metadata } })

  it('is said by the issuer itself, to anyone, from any website', async () => {
    assert.equal(discovered.issuer, issuer)
    for (const path of ['/.well-known/openid-configuration', '/jwks']) {
      const { headers } = await service.app.inject({ url: path, headers: { origin: 'https://ward.example' } })
      assert.equal(headers['access-control-allow-origin'], 'https://ward.example')
      assert.equal(headers['access-control-allow-credentials'], undefined)
    }
  })

  it('is said under the name that OAuth has for it, too (RFC 8414)', async () => {
    assert.deepEqual((await service.app.inject('/.well-known/oauth-authorization-server')).json(), discovered)
  })

  it('names endpoints that are there, under the issuer, and leaves out no others', async () => {
    const endpoints = Object.entries(discovered).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name))
    assert.equal(endpoints.length, 8)
    for (const [name, address] of endpoints) {
      const { origin, pathname } = new URL(String(address))
      assert.equal(origin, issuer, name)
      const statuses = await Promise.all(
        (['GET', 'POST'] as const).map(
          async (method) => (await service.app.inject({ method, url: pathname })).statusCode,
        ),
      )
      assert.ok(
        statuses.some((status) => ![404, 405, 500].includes(status)),
        `${name}: ${statuses}`,
      )
    }
    for (const url of everyEndpoint) {
      const answer = await service.app.inject({ method: 'POST', url })
      assert.ok([404, 405].includes(answer.statusCode), `${url}: ${answer.statusCode}`)
    }
  })

  it('names the grants that the token endpoint knows, and no others', async () => {
    const known: string[] = []
    for (const grant_type of everyGrant) {
      const { body } = await post(service, '/token', { grant_type, client_id: 'ward' })
      if (body['error'] !== 'unsupported_grant_type') known.push(grant_type)
    }
    assert.deepEqual(known.sort(), said('grant_types_supported').sort())
  })

  it('names the ways in which a client may prove who it is, and no others, at each endpoint', async () => {
    const known: string[] = []
    for (const method of everyMethod) {
      const jwks = method === 'private_key_jwt' ? { jwks: await makeJwks() } : {}
      await register('proving', { token_endpoint_auth_method: method as 'none', ...jwks })
      const { body } = await post(service, '/token', { grant_type: 'authorization_code', client_id: 'proving' })
      if (body['error'] !== 'invalid_client_metadata') known.push(method)
    }
    for (const endpoint of ['token', 'introspection', 'revocation'])
      assert.deepEqual(known.sort(), [...said(`${endpoint}_endpoint_auth_methods_supported`)].sort(), endpoint)
  })
  const makeJwks = async () => ({ keys: [{ ...(await makeProver()).jwk, kid: 'x' }] })

  it('names the algorithms that a client may sign assertions with, and no others', async () => {
    const known: string[] = []
    for (const alg of everyAlgorithm) {
      const client = await registerSigning(service, { id: `signs-${alg.toLowerCase()}`, alg })
      const { body } = await post(service, '/introspect', { token: 'x', ...(await client.prove()) })
      if (body['active'] === false) known.push(alg)
    }
    for (const endpoint of ['token', 'introspection', 'revocation'])
      assert.deepEqual(
        known.sort(),
        [...said(`${endpoint}_endpoint_auth_signing_alg_values_supported`)].sort(),
        endpoint,
      )
  })

  it('names the algorithms of proofs of possession, and no others', async () => {
    const known: string[] = []
    for (const alg of everyAlgorithm) {
      const dpop = await (await makeProver(alg)).proof('POST', '/token')
      const { body } = await redeem(service, 'x', {}, { dpop })
      if (body['error'] === 'invalid_grant') known.push(alg)
    }
    assert.deepEqual(known.sort(), said('dpop_signing_alg_values_supported').sort())
  })

  it('names the algorithms that ID tokens and userinfo are signed with, and no others; each has a key', async () => {
    const keys = (await service.app.inject('/jwks')).json().keys as { alg: string }[]
    const known: string[] = []
    for (const alg of everyAlgorithm as 'ES256'[]) {
      await register('verifying', { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg })
      const { status, body } = await redeem(service, (await silently({ client_id: 'verifying' })).get('code') ?? '', {
        client_id: 'verifying',
      })
      if (status !== 200) continue
      known.push(alg)
      assert.equal(decodeProtectedHeader(String(body['id_token'])).alg, alg)
      const headers = { authorization: `Bearer ${body['access_token']}` }
      const { body: jwt } = await service.app.inject({ url: '/userinfo', headers })
      assert.equal(decodeProtectedHeader(jwt).alg, alg)
      assert.ok(
        keys.some((key) => key.alg === alg),
        alg,
      )
    }
    for (const name of ['id_token', 'userinfo'])
      assert.deepEqual(known.sort(), said(`${name}_signing_alg_values_supported`).sort(), name)
  })

  it('names scopes that are all taken, and no others are given', async () => {
    const scope = said('scopes_supported')
      .filter((each) => each !== 'offline_access')
      .join(' ')
    const { body } = await redeem(service, (await silently({ scope: `${scope} nonsense` })).get('code') ?? '')
    assert.equal(body['scope'], scope)
  })

  it('leaves out a scope of an API that the request does not name, without an error: the token is for userinfo', async () => {
    const { body } = await redeem(service, (await silently({ scope: 'openid patients.read' })).get('code') ?? '')
    assert.equal(body['scope'], 'openid')
    assert.match(String(body['access_token']), /^[^.]+$/)
  })

  it('names the response type, the mode, the method of PKCE and the parameters that are taken, and no others', async () => {
    for (const [name, parameter, values] of [
      ['response_types_supported', 'response_type', ['code', 'token', 'id_token', 'none', 'code id_token']],
      [
        'response_modes_supported',
        'response_mode',
        ['query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'web_message'],
      ],
      ['code_challenge_methods_supported', 'code_challenge_method', ['S256', 'plain']],
    ] as const) {
      const known: string[] = []
      for (const value of values) if ((await silently({ [parameter]: value })).has('code')) known.push(value)
      assert.deepEqual(known, said(name), name)
    }
    assert.equal((await silently({ request: 'x' })).get('error'), 'request_not_supported')
    assert.equal((await silently({ request_uri: 'https://x.example' })).get('error'), 'request_uri_not_supported')
    for (const name of ['request_parameter_supported', 'request_uri_parameter_supported'])
      assert.equal(discovered[name] as unknown, false, name)
    assert.equal((await silently({})).get('iss'), issuer)
    assert.equal(discovered['authorization_response_iss_parameter_supported'] as unknown, true)
  })

  it('says nothing of what there is not', () => {
    for (const name of Object.keys(discovered))
      assert.doesNotMatch(
        name,
        /registration|device|backchannel_auth|mtls|tls_client|encryption|frontchannel|check_session|attest/,
      )
  })
})
