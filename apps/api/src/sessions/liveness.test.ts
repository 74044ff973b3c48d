import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure } from '@fobwatch/contracts'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import { addSignedOn, authorizeUrl, post, redeem, type SignedOn } from '../oidc/code-flow.testing.ts'
import {
  addPerson,
  assertAt,
  enrol,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

const _offline = { scope: 'openid offline_access', prompt: 'consent' }

/**
 * The ways in which somebody's right to be signed in ends, without anyone touching their sessions, and what they are told
 * who then use their device.
 */
const endings: [what: string, end: (service: TestService, signed: SignedOn) => Promise<unknown>, told: string][] = [
  [
    'a revoked authenticator',
    (service, { authenticatorId }) =>
      sql(service, `update authenticator set status = 'revoked' where id = $1`, authenticatorId),
    'credential_removed',
  ],
  [
    'a suspended authenticator',
    (service, { authenticatorId }) =>
      sql(service, `update authenticator set status = 'suspended' where id = $1`, authenticatorId),
    'credential_suspended',
  ],
  [
    'an authenticator that has run out',
    (service, { authenticatorId }) =>
      sql(service, `update authenticator set status = 'expired' where id = $1`, authenticatorId),
    'credential_expired',
  ],
  [
    'a suspended person',
    (service, { person }) => sql(service, `update person set status = 'suspended' where id = $1`, person.id),
    'sign_in_refused',
  ],
  [
    'a closed person',
    (service, { person }) => sql(service, `update person set status = 'closed' where id = $1`, person.id),
    'sign_in_refused',
  ],
]

describe('a session', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  const sign = () => addSignedOn(service)

  const refresh = (token: string) =>
    post(service, '/token', { grant_type: 'refresh_token', client_id: 'ward', refresh_token: token })
  const introspect = async (token: string) =>
    (await post(service, '/introspect', { client_id: 'ward', token })).body['active']
  const userinfo = async (token: string) =>
    (await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })).statusCode
  const silent = async (browser: BrowserLike) => {
    const { location } = await browser.follow(authorizeUrl({ prompt: 'none' }), { until: 'another-origin' })
    return { code: location?.searchParams.has('code'), error: location?.searchParams.get('error') }
  }

  /** The very bytes of an answer, but for the reference to the log. */
  const bodyOf = ({ status, body }: Page): string => `${status} ${body.replace(/"reference":"[0-9a-f-]{36}"/, '')}`

  it('signs on, and its tokens are honoured, while everything is in order', async () => {
    const signed = await sign()
    assert.equal((await signed.browser.get('/api/session')).status, 200)
    assert.equal((await silent(signed.browser)).code, true)
    assert.equal(await userinfo(signed.accessToken), 200)
    assert.equal(await introspect(signed.accessToken), true)
    assert.equal(await introspect(signed.refreshToken), true)
    assert.equal((await refresh(signed.refreshToken)).status, 200)
    assert.equal((await redeem(service, signed.code)).status, 200)
  })

  for (const [what, end, code] of endings) {
    it(`line 17: ${what} ends it at once, with every code and token of it`, async () => {
      const signed = await sign()
      await end(service, signed)

      assert.equal((await signed.browser.get('/api/session')).status, 401)
      assert.equal((await signed.browser.postJson('/api/session/assertion/options', {})).status, 401)
      assert.deepEqual(await silent(signed.browser), { code: false, error: 'login_required' })
      assert.equal(await userinfo(signed.accessToken), 401)
      assert.equal(await introspect(signed.accessToken), false)
      assert.equal(await introspect(signed.refreshToken), false)
      assert.deepEqual((await refresh(signed.refreshToken)).body['error'], 'invalid_grant')
      assert.deepEqual((await redeem(service, signed.code)).body['error'], 'invalid_grant')
    })

    it(`line 17: ${what} signs nobody in, and it is recorded`, async () => {
      const signed = await sign()
      await end(service, signed)

      const browser = service.browser()
      const page = await assertAt(browser, 'fobwatch', signed.device)
      assert.deepEqual([page.status, page.json<Failure>().error], [400, code])
      assert.equal((await browser.get('/api/session')).status, 401)

      const event = (await service.rooms.audit.eventsOf(signed.person.id)).at(-1)
      assert.equal(event?.type, 'sign-in-refused')
      assert.deepEqual(event?.details, { code, authenticator: signed.authenticatorId })
    })

    it(`line 17: ${what} is told from an unknown one by nobody who makes no valid assertion with it`, async () => {
      const signed = await sign()
      await end(service, signed)

      const unknown = bodyOf(await assertAt(service.browser(), 'fobwatch', signed.device, { id: 'AAAA' }))
      const faults = [{ signature: 'other-key' }, { signature: 'other-data' }, { userHandle: null }] as const
      for (const misbehave of faults)
        assert.equal(bodyOf(await assertAt(service.browser(), 'fobwatch', signed.device, misbehave)), unknown)
      if (code === 'sign_in_refused')
        assert.equal(bodyOf(await assertAt(service.browser(), 'fobwatch', signed.device)), unknown)
    })
  }

  it('line 17: is over when its authenticator is removed by its person, and lives on when another one is', async () => {
    const person = await addPerson(service)
    const [one, other] = [await enrol(service, person.id), await enrol(service, person.id)]
    const [first, last] = [await signInHere(service, one.device), await signInHere(service, other.device)]
    await sql(service, `update authenticator set status = 'revoked' where id = $1`, one.enrolled.id)
    assert.equal((await first.get('/api/session')).status, 401)
    assert.equal((await last.get('/api/session')).status, 200)
  })

  it('comes back when its person, who was suspended, is active again', async () => {
    const signed = await sign()
    const suspend = (status: string) =>
      sql(service, 'update person set status = $2 where id = $1', signed.person.id, status)
    await suspend('suspended')
    assert.equal((await signed.browser.get('/api/session')).status, 401)
    await suspend('active')
    assert.equal((await signed.browser.get('/api/session')).status, 200)
  })
})
