import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  enrol,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, getCode, post, redeem, requestOf } from '../code-flow.testing.ts'

const offline = { scope: 'openid offline_access', prompt: 'consent' }

describe('a refresh token', () => {
  let service: TestService
  let device: SoftwareAuthenticator
  before(async () => {
    service = await startService()
    await registerClient(service)
    await registerClient(service, {
      ...ward,
      id: 'online',
      metadata: { ...ward.metadata, grant_types: ['authorization_code'] },
    })
    const person = await addPerson(service)
    device = (await enrol(service, person.id)).device
  })
  after(() => service.close())

  const tokenOf = async (parameters: Record<string, string>) => {
    const code = await getCode(service.browser(), device, parameters)
    const { status, body } = await redeem(service, code, { client_id: parameters['client_id'] ?? 'ward' })
    assert.equal(status, 200, JSON.stringify(body))
    return body['refresh_token']
  }
  const refresh = (token: unknown) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: String(token) })

  it('comes with a code when the application asks for it, and nobody is asked to consent', async () => {
    assert.equal(typeof (await tokenOf(offline)), 'string')
  })

  it('comes to an application that cannot say `prompt=consent`, by any way that it asks', async () => {
    assert.equal(typeof (await tokenOf({ scope: 'openid offline_access' })), 'string')
    assert.equal(typeof (await tokenOf({ scope: 'openid offline_access', prompt: 'login' })), 'string')
    const { body } = await post(service, '/par', requestOf({ scope: 'openid offline_access' }))
    const request_uri = String(body['request_uri'])
    assert.equal(typeof (await tokenOf({ request_uri })), 'string')
  })

  it('does not come with a silent request', async () => {
    const browser = await signInHere(service, device)
    const parameters = { scope: 'openid offline_access', prompt: 'none' }
    const { location } = await browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
    const { body } = await redeem(service, location?.searchParams.get('code') ?? '')
    assert.deepEqual([body['refresh_token'], body['scope']], [undefined, 'openid'])
  })

  it('does not come unasked, nor to a client that is not registered for one', async () => {
    assert.equal(await tokenOf({ scope: 'openid' }), undefined)
    assert.equal(await tokenOf({ ...offline, client_id: 'online' }), undefined)
  })

  it('brings new tokens and its own successor, once; used twice, it ends them all (RFC 9700 §4.14.2)', async () => {
    const first = await tokenOf(offline)
    const { status, body } = await refresh(first)
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(typeof body['access_token'], 'string')
    assert.notEqual(body['refresh_token'], first)

    assert.equal((await refresh(first)).body['error'], 'invalid_grant')
    assert.equal((await refresh(body['refresh_token'])).body['error'], 'invalid_grant')
  })
})
