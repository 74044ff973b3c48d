import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { registerSigning } from '../clients/signing-client.testing.ts'
import { comeBack, interactionOf, type Parameters, post, redeem, requestOf } from '../code-flow.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

const urn = 'urn:ietf:params:oauth:request_uri:'

describe('a pushed authorization request (RFC 9126)', () => {
  let service: Started
  let second: Started
  let device: SoftwareAuthenticator
  let browser: BrowserLike
  let signing: Awaited<ReturnType<typeof registerSigning>>
  before(async () => {
    service = await startService()
    second = await startService({ beside: service })
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'other' })
    await registerClient(service, {
      ...ward,
      id: 'pushing',
      metadata: { ...ward.metadata, require_pushed_authorization_requests: true },
    })
    signing = await registerSigning(service)
    device = (await enrol(service, (await addPerson(service)).id)).device
    browser = await signInHere(service, device)
  })
  after(async () => {
    await second.close()
    await service.close()
  })

  const push = (parameters: Parameters = {}, at: Pick<TestService, 'app'> = service) =>
    post(at, '/par', requestOf(parameters))
  const pushed = async (parameters?: Parameters) => {
    const { status, body } = await push(parameters)
    assert.equal(status, 201, JSON.stringify(body))
    return String(body['request_uri'])
  }
  const addressOf = (request_uri: string, parameters: Record<string, string> = {}) =>
    `${issuer}/authorize?${new URLSearchParams({ client_id: 'ward', request_uri, ...parameters })}`
  const open = (request_uri: string, parameters: Record<string, string> = {}, by = browser) =>
    by.follow(addressOf(request_uri, parameters), { until: 'another-origin' })

  it('is kept for a minute under a name of its own, and leads to a code', async () => {
    const { status, body } = await push()
    assert.equal(status, 201)
    assert.equal(body['expires_in'], 60)
    assert.ok(String(body['request_uri']).startsWith(urn))
    const { location } = await open(String(body['request_uri']))
    assert.equal(location?.searchParams.get('state'), 'some-state')
    assert.equal(location?.searchParams.get('iss'), issuer)
    assert.equal((await redeem(service, location?.searchParams.get('code') ?? '')).status, 200)
  })

  it('may be pushed to one instance and used at another', async () => {
    const { body } = await push({}, second)
    const { location } = await open(String(body['request_uri']))
    assert.ok(location?.searchParams.has('code'))
  })

  it('leads to a sign-in that may take longer than its minute, and to one code', async () => {
    const request_uri = await pushed()
    const own = service.browser()
    const id = interactionOf(await open(request_uri, {}, own))
    await sql(
      service,
      `update oidc_transient set expires_at = now() - interval '1 minute',
      payload = payload || '{"exp": 1}' where kind = 'PushedAuthorizationRequest'`,
    )
    await service.rooms.oidc.forgetExpired(new Date())
    assert.ok((await comeBack(own, await assertAt(own, id, device))).has('code'))
    assert.equal((await open(request_uri)).status, 400)
  })

  it('is good once', async () => {
    const request_uri = await pushed()
    assert.ok((await open(request_uri)).location?.searchParams.has('code'))
    const again = await open(request_uri)
    assert.equal(again.status, 400)
    assert.equal(again.location, undefined)
    assert.match(again.body, /invalid_request_uri/)
  })

  it('gives one code to sign-ins that were begun with it in two browsers', async () => {
    const request_uri = await pushed()
    const both = [service.browser(), service.browser()]
    const ids: string[] = []
    for (const each of both) ids.push(interactionOf(await open(request_uri, {}, each)))
    const [one, other] = both.map(
      (each, index) => async () => comeBack(each, await assertAt(each, ids[index] ?? '', device)),
    )
    assert.ok((await one?.())?.has('code'))
    const late = await other?.()
    assert.equal(late?.has('code'), false)
    assert.equal(late?.get('error'), 'invalid_request_uri')
  })

  it('gives one code to 16 at once, raced across two instances', async () => {
    const request_uri = await pushed()
    const { pathname, search } = new URL(addressOf(request_uri))
    const headers = { cookie: browser.cookieHeader(`${issuer}/`), host: new URL(issuer).host }
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        (index % 2 === 0 ? service : second).app.inject({ url: pathname + search, headers }),
      ),
    )
    const codes = answers.filter(({ headers }) => String(headers['location']).includes('code='))
    assert.equal(codes.length, 1)
    assert.ok(answers.every(({ statusCode }) => statusCode === 303 || statusCode === 400))
  })

  it('is over after a minute', async () => {
    const request_uri = await pushed()
    const aged = `payload || jsonb_build_object('exp', (payload->>'exp')::int - 61)`
    await sql(service, `update oidc_transient set payload = ${aged} where kind = 'PushedAuthorizationRequest'`)
    assert.match((await open(request_uri)).body, /invalid_request_uri/)
  })

  it('is no business of another client, and stays good for its own', async () => {
    const request_uri = await pushed()
    const stolen = await open(request_uri, { client_id: 'other' })
    assert.equal(stolen.status, 400)
    assert.equal(stolen.location, undefined)
    assert.ok((await open(request_uri)).location?.searchParams.has('code'))
  })

  it('says all that counts: what the address says besides is not heard', async () => {
    const request_uri = await pushed()
    const { location } = await open(request_uri, {
      redirect_uri: 'https://evil.example',
      state: 'x',
      scope: 'openid email',
    })
    assert.equal(location?.origin, 'http://localhost:3001')
    assert.equal(location?.searchParams.get('state'), 'some-state')
  })

  it('that nobody pushed is an error page', async () => {
    for (const request_uri of [`${urn}nobody`, urn, `${urn}\0`, 'https://evil.example/request', 'nonsense']) {
      const page = await open(request_uri)
      assert.equal(page.status, 400, request_uri)
      assert.equal(page.location, undefined)
    }
  })

  it('is asked for, of a client that is registered so', async () => {
    const { location } = await open('', { ...(requestOf({ client_id: 'pushing' }) as Record<string, string>) })
    assert.equal(location?.searchParams.has('code'), false)
    const page = await browser.get(
      `${issuer}/authorize?${new URLSearchParams(requestOf({ client_id: 'pushing' }) as Record<string, string>)}`,
    )
    assert.equal(page.location?.searchParams.get('error'), 'invalid_request')
    const request_uri = await pushed({ client_id: 'pushing' })
    assert.ok((await open(request_uri, { client_id: 'pushing' })).location?.searchParams.has('code'))
  })

  it('of a confidential client comes with its proof, and of nobody without', async () => {
    const { client_id, ...proof } = await signing.prove()
    assert.equal((await push({ client_id, ...proof })).status, 201)
    assert.equal((await push({ client_id })).body['error'], 'invalid_client')
    assert.equal((await push({ client_id, ...proof })).body['error'], 'invalid_client', 'the proof was used')
    assert.equal((await push({ client_id: 'nobody' })).body['error'], 'invalid_client')
  })

  for (const [what, parameters, error] of [
    ['another redirect URI', { redirect_uri: 'https://evil.example/callback' }, 'invalid_request'],
    ['no redirect URI', { redirect_uri: undefined }, 'invalid_request'],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['another request_uri', { request_uri: `${urn}x` }, 'request_uri_not_supported'],
    ['another response type', { response_type: 'code id_token' }, 'invalid_request'],
    ['a form post', { response_mode: 'form_post' }, 'unsupported_response_mode'],
    ['an API that nobody registered', { resource: 'https://nobody.example/api' }, 'invalid_target'],
    ['a NUL', { state: 'a\0b' }, 'invalid_request'],
    ['17,000 characters', { state: 'x'.repeat(17_000) }, 'invalid_request'],
  ] as const)
    it(`with ${what} is refused when it is pushed, and kept nowhere`, async () => {
      const count = async () =>
        (
          await sql<{ count: number }>(
            service,
            `select count(*)::int as count from oidc_transient where kind = 'PushedAuthorizationRequest'`,
          )
        )[0]?.count
      const before = await count()
      const { status, body } = await push(parameters)
      assert.ok(status === 400 || status === 413, JSON.stringify(body))
      assert.equal(body['error'], error)
      assert.equal(await count(), before)
    })

  it('is posted, as a form, and taken in no other way', async () => {
    assert.equal((await service.app.inject('/par')).statusCode, 405)
    const json = await service.app.inject({ method: 'POST', url: '/par', payload: requestOf() })
    assert.equal(json.statusCode, 400)
  })
})
