import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import {
  addPerson,
  enrol,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, type Parameters, post, redeem } from '../code-flow.testing.ts'

const wardApi = 'http://localhost:3001/api'
const labApi = 'https://lab.example/api'
const scope = 'openid profile offline_access patients.read lab.read lab.write'

describe('a log in that asks for several APIs (RFC 8707)', () => {
  let service: TestService
  let browser: BrowserLike
  before(async () => {
    service = await startService()
    const lab = { resource: labApi, name: 'Lab', scopes: ['lab.read', 'lab.write'] }
    await registerClient(service, { ...ward, apis: [...ward.apis, lab] })
    await registerClient(service, {
      ...ward,
      id: 'modest',
      apis: [...ward.apis, lab],
      metadata: { ...ward.metadata, scope: 'openid profile lab.read' },
    })
    browser = await signInHere(service, (await enrol(service, (await addPerson(service)).id)).device)
  })
  after(() => service.close())

  const comeBackFrom = async (resources: string[], parameters: Parameters = {}) => {
    const address = new URL(authorizeUrl({ scope, prompt: 'consent', ...parameters }))
    for (const each of resources) address.searchParams.append('resource', each)
    const page = await browser.follow(address.href, { until: 'another-origin' })
    return page.location?.searchParams ?? new URLSearchParams()
  }
  const newCode = async (resources: string[], parameters?: Parameters) =>
    (await comeBackFrom(resources, parameters)).get('code') ?? ''
  const refresh = (token: unknown, parameters: Parameters = {}) =>
    post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: String(token),
      ...parameters,
    })
  const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
    assert.equal(status, 200, JSON.stringify(body))
    const { aud, scope: given } = decodeJwt(String(body['access_token']))
    return [aud, given]
  }
  const userinfo = async (token: unknown) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).statusCode

  it('gives a token for one of them at a time, each with the scopes of its own API', async () => {
    const first = await redeem(service, await newCode([wardApi, labApi]), { resource: labApi })
    assert.deepEqual(told(first), [labApi, 'lab.read lab.write'])
    const second = await refresh(first.body['refresh_token'], { resource: wardApi })
    assert.deepEqual(told(second), [wardApi, 'patients.read'])
    const third = await refresh(second.body['refresh_token'], { resource: labApi, scope: 'lab.read' })
    assert.deepEqual(told(third), [labApi, 'lab.read'])
  })

  it('gives one for userinfo, where none of several is named', async () => {
    const { status, body } = await redeem(service, await newCode([wardApi, labApi]))
    assert.equal(status, 200)
    assert.equal(body['scope'], 'openid profile offline_access')
    assert.equal(await userinfo(body['access_token']), 200)
  })

  it('gives none for an API that was not asked for then, nor for two at once', async () => {
    const fields = { resource: labApi }
    assert.equal((await redeem(service, await newCode([wardApi]), fields)).body['error'], 'invalid_target')
    const { body } = await redeem(service, await newCode([wardApi]))
    assert.equal((await refresh(body['refresh_token'], fields)).body['error'], 'invalid_target')
    const both = new URLSearchParams({
      client_id: 'ward',
      grant_type: 'authorization_code',
      code: await newCode([wardApi, labApi]),
    })
    both.set('redirect_uri', 'http://localhost:3001/callback')
    for (const each of [wardApi, labApi]) both.append('resource', each)
    const answer = await service.app.inject({
      method: 'POST',
      url: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: both.toString(),
    })
    assert.equal(answer.statusCode, 400)
  })

  it('is refused whole where one of them is not for its application', async () => {
    assert.equal((await comeBackFrom([wardApi, 'https://nobody.example/api'])).get('error'), 'invalid_target')
  })

  it('may ask for no more than the registration of its application lists, of ours or of an API', async () => {
    const wide = await comeBackFrom([labApi], { client_id: 'modest', scope: 'openid email' })
    assert.equal(wide.get('error'), 'invalid_scope')
    const parameters = { client_id: 'modest', scope: 'openid lab.read lab.write' }
    const answer = await redeem(service, await newCode([labApi], parameters), { client_id: 'modest', resource: labApi })
    assert.deepEqual(told(answer), [labApi, 'lab.read'])
  })

  it('gives an API a token that userinfo does not take', async () => {
    const { body } = await redeem(service, await newCode([wardApi]))
    assert.equal(await userinfo(body['access_token']), 401)
  })
})
