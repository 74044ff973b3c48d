import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { issuer, registerClient, sql, startService, type TestService, ward } from '../../service.testing.ts'
import { makeProver, registerSigning } from '../clients/signing-client.testing.ts'
import { authorizeUrl, type Parameters, post } from '../code-flow.testing.ts'

const wardApi = 'http://localhost:3001/api'
const labApi = 'https://lab.example/api'
const backend: ClientMetadata = {
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'client_secret_post',
}

describe('a back end that asks for itself (client credentials)', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    const lab = { resource: labApi, name: 'Lab', scopes: ['lab.read', 'lab.write'] }
    const register = (id: string, apis = ward.apis, more: ClientMetadata = {}) =>
      registerClient(service, { ...ward, id, secret: 's3cret', apis, metadata: { ...backend, ...more } })
    await register('back-end')
    await register('two-apis', [...ward.apis, lab])
    await register('reader', [lab], { scope: 'lab.read' })
    await register('no-api', [])
    await register('short', ward.apis, { access_token_seconds: 120 })
  })
  after(() => service.close())

  const ask = (client_id: string, parameters: Parameters = {}, headers = {}) =>
    post(
      service,
      '/token',
      { grant_type: 'client_credentials', client_id, client_secret: 's3cret', ...parameters },
      headers,
    )
  const claimsIn = ({ status, body }: Awaited<ReturnType<typeof ask>>) => {
    assert.equal(status, 200, JSON.stringify(body))
    return decodeJwt(String(body['access_token']))
  }

  it('is given a token for its API, about itself and no person, and of no session', async () => {
    const answer = await ask('back-end')
    const { jti, iat, exp, ...claims } = claimsIn(answer)
    assert.deepEqual(claims, {
      iss: issuer,
      sub: 'back-end',
      client_id: 'back-end',
      aud: wardApi,
      scope: 'patients.read',
    })
    assert.equal(Number(exp) - Number(iat), 600)
    assert.equal(decodeProtectedHeader(String(answer.body['access_token'])).typ, 'at+jwt')
    const { access_token: _, ...rest } = answer.body
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 600, scope: 'patients.read' })
    assert.deepEqual(await sql(service, `select 1 from oidc_token where kind = 'ClientCredentials'`), [])
  })

  it('names one of several APIs, and the scopes that it needs of it', async () => {
    assert.equal((await ask('two-apis')).body['error'], 'invalid_target')
    const claims = claimsIn(await ask('two-apis', { resource: labApi, scope: 'lab.read' }))
    assert.deepEqual([claims.aud, claims['scope']], [labApi, 'lab.read'])
  })

  it('is refused what is not for it', async () => {
    for (const [id, parameters, error] of [
      ['back-end', { resource: labApi }, 'invalid_target'],
      ['back-end', { resource: 'nonsense' }, 'invalid_target'],
      ['back-end', { scope: 'lab.read' }, 'invalid_scope'],
      ['back-end', { scope: 'openid' }, 'invalid_scope'],
      ['back-end', { scope: 'patients.read openid' }, 'invalid_scope'],
      ['reader', { scope: 'lab.write' }, 'invalid_scope'],
      ['no-api', {}, 'invalid_target'],
      ['back-end', { client_secret: 'x' }, 'invalid_client'],
    ] as const) {
      const { body } = await ask(id, parameters)
      assert.equal(body['error'], error, JSON.stringify([id, parameters, body]))
      assert.equal(body['access_token'], undefined)
    }
  })

  it('may have no more than its registration lists', async () => {
    assert.equal(claimsIn(await ask('reader'))['scope'], 'lab.read')
  })

  it('has tokens that last as long as its registration says', async () => {
    const { iat, exp } = claimsIn(await ask('short'))
    assert.equal(Number(exp) - Number(iat), 120)
  })

  it('signs nobody in: it has no authorization, no refresh token and no userinfo', async () => {
    const page = await service.browser().get(authorizeUrl({ client_id: 'back-end' }))
    assert.equal(page.status, 400)
    const { body } = await ask('back-end')
    const headers = { authorization: `Bearer ${body['access_token']}` }
    assert.equal((await service.app.inject({ url: '/userinfo', headers })).statusCode, 401)
    assert.equal(
      (await ask('back-end', { grant_type: 'refresh_token', refresh_token: 'x' })).body['access_token'],
      undefined,
    )
  })

  it('reads its token by itself: a JWT is neither looked at nor revoked', async () => {
    const { body } = await ask('back-end')
    for (const path of ['/introspect', '/revoke'])
      assert.equal(
        (await ask('back-end', { token: String(body['access_token']), grant_type: undefined }, {})).status,
        400,
        path,
      )
    for (const path of ['/introspect', '/revoke']) {
      const form = { client_id: 'back-end', client_secret: 's3cret', token: String(body['access_token']) }
      assert.equal((await post(service, path, form)).body['error'], 'unsupported_token_type')
    }
  })

  it('that proves nothing, or is not registered for it, is given nothing', async () => {
    await registerClient(service, {
      ...ward,
      metadata: { ...ward.metadata, grant_types: ['authorization_code', 'client_credentials'] },
    })
    for (const client_id of ['ward', 'back-end', 'nobody']) {
      const { body } = await post(service, '/token', { grant_type: 'client_credentials', client_id })
      assert.ok(['invalid_client', 'invalid_request'].includes(String(body['error'])), JSON.stringify(body))
    }
    const plain = await registerSigning(service)
    const { body } = await post(service, '/token', { grant_type: 'client_credentials', ...(await plain.prove()) })
    assert.equal(body['error'], 'invalid_request')
  })

  it('may bind its token to a key', async () => {
    const prover = await makeProver()
    const { body } = await ask('back-end', {}, { dpop: await prover.proof('POST', '/token') })
    assert.equal(body['token_type'], 'DPoP')
    assert.deepEqual(decodeJwt(String(body['access_token']))['cnf'], { jkt: prover.jkt })
  })
})
