import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  assertAt,
  enrol,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { arrive, authorizeUrl, post, redeem } from '../code-flow.testing.ts'

const loopback = 'http://127.0.0.1/callback'
const loopback6 = 'http://[::1]/callback'
const claimed = 'https://app.ward.example/callback'
const privateUse = 'org.example.ward:/callback'

describe('an app on a device (RFC 8252)', () => {
  let service: TestService
  let device: SoftwareAuthenticator
  let browser: BrowserLike
  before(async () => {
    service = await startService()
    await register('app')
    device = (await enrol(service, (await addPerson(service)).id)).device
    browser = await signInHere(service, device)
  })
  after(() => service.close())

  const register = (
    id: string,
    method: 'none' | 'client_secret_post' | 'client_secret_basic' = 'none',
    secret?: string,
  ) =>
    registerClient(service, {
      ...ward,
      id,
      ...(secret && { secret }),
      metadata: {
        ...ward.metadata,
        application_type: 'native',
        redirect_uris: [loopback, loopback6, claimed, privateUse],
        token_endpoint_auth_method: method,
      },
    })
  const ask = (redirect_uri: string, parameters = {}) =>
    browser.get(authorizeUrl({ client_id: 'app', redirect_uri, ...parameters }))
  /** Where the browser is sent with the code, after its person acted. */
  const sentTo = async (redirect_uri: string) => {
    const step = await assertAt(browser, await arrive(browser, { client_id: 'app', redirect_uri }), device)
    return new URL((await browser.get(step.json<{ url: string }>().url)).headers.get('location') ?? '')
  }

  for (const [what, redirect_uri] of [
    ['any port of the loopback', 'http://127.0.0.1:51004/callback'],
    ['any port of the loopback of IPv6', 'http://[::1]:51004/callback'],
    ['a scheme of its own', privateUse],
  ] as const)
    it(`is sent its code at ${what}, and redeems it there`, async () => {
      const address = await sentTo(redirect_uri)
      assert.equal(address.href.split('?')[0], redirect_uri)
      const form = { client_id: 'app', redirect_uri }
      assert.equal((await redeem(service, address.searchParams.get('code') ?? '', form)).status, 200)
    })

  it('redeems its code for the very port that it listened at', async () => {
    const { searchParams } = await sentTo('http://127.0.0.1:51004/callback')
    const form = { client_id: 'app', redirect_uri: 'http://127.0.0.1:51005/callback' }
    assert.equal((await redeem(service, searchParams.get('code') ?? '', form)).body['error'], 'invalid_grant')
  })

  it('is given nothing in silence where any other on the device could be in its place (RFC 8252 §8.6)', async () => {
    for (const redirect_uri of ['http://127.0.0.1:51004/callback', 'http://[::1]:51004/callback', privateUse]) {
      const silent = new URL((await ask(redirect_uri, { prompt: 'none' })).headers.get('location') ?? '')
      assert.deepEqual([silent.searchParams.get('error'), silent.searchParams.has('code')], ['login_required', false])
      const id = await arrive(browser, { client_id: 'app', redirect_uri })
      assert.equal((await browser.get(`/sign-in/${id}/state`)).json<{ stage: string }>().stage, 'authenticate')
    }
    const address = new URL((await ask(claimed)).headers.get('location') ?? '')
    const form = { client_id: 'app', redirect_uri: claimed }
    assert.equal((await redeem(service, address.searchParams.get('code') ?? '', form)).status, 200)
  })

  it('line 26: is sent nothing at an address that is like its own', async () => {
    for (const redirect_uri of [
      'http://localhost:51004/callback',
      'http://127.0.0.1:51004/callback/',
      'http://127.0.0.1:51004/callback?x=1',
      'http://127.0.0.1:51004@evil.example/callback',
      'http://x@127.0.0.1:51004/callback',
      'http://127.0.0.1.evil.example/callback',
      'https://127.0.0.1:51004/callback',
      'https://app.ward.example:444/callback',
      'org.example.ward:/other',
      'org.example.ward://callback',
      'org.example.other:/callback',
      'javascript:alert(1)',
    ]) {
      const page = await ask(redirect_uri)
      assert.equal(page.status, 400, redirect_uri)
      assert.equal(page.headers.get('location'), null)
    }
  })

  it('uses PKCE, since whoever else has its scheme would have its codes', async () => {
    const without = {
      client_id: 'app',
      redirect_uri: privateUse,
      code_challenge: undefined,
      code_challenge_method: undefined,
    }
    const location = (await browser.get(authorizeUrl(without))).headers.get('location') ?? ''
    assert.match(location, /^org\.example\.ward:\/callback\?error=invalid_request/)
  })

  it('is reached from the page where somebody logs in, too', async () => {
    const own = service.browser()
    const id = await arrive(own, { client_id: 'app', redirect_uri: privateUse })
    const step = (await assertAt(own, id, device)).json<{ url: string }>()
    const page = await own.get(step.url)
    assert.match(page.headers.get('location') ?? '', /^org\.example\.ward:\/callback\?code=/)
  })

  it('keeps no secret: one that is registered with one is no client at all', async () => {
    for (const method of ['client_secret_post', 'client_secret_basic'] as const) {
      await register('leaky', method, 's3cret')
      const { body } = await post(service, '/token', {
        grant_type: 'authorization_code',
        client_id: 'leaky',
        client_secret: 's3cret',
      })
      assert.equal(body['error'], 'invalid_client_metadata')
    }
  })
})
