import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { RequestOptions } from '@fobwatch/contracts'
import { type BrowserLike, createSoftwareAuthenticator, type SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import { attestedKey, clearPolicies, setPolicy, trustMaker } from '../../attested.testing.ts'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  registerClient,
  signInHere,
  sql,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import {
  arrive,
  authorizeUrl,
  comeBack,
  getCode,
  interactionOf,
  type Parameters,
  post,
  redeem,
} from '../code-flow.testing.ts'

describe('an application with rules of its own', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'lab', name: 'Lab results', apis: [] })
    await trustMaker(service)
  })
  afterEach(() => clearPolicies(service))
  after(() => service.close())

  const someone = async (device: SoftwareAuthenticator = createSoftwareAuthenticator()) => {
    const person = await addPerson(service)
    const { enrolled } = await enrol(service, person.id, device, 'in-person')
    return { person, device, id: enrolled.id }
  }
  const silently = async (browser: BrowserLike, parameters: Parameters = {}) => {
    const url = authorizeUrl({ prompt: 'none', ...parameters })
    const { location } = await browser.follow(url, { until: 'another-origin' })
    return { code: location?.searchParams.has('code') ?? false, error: location?.searchParams.get('error') ?? null }
  }
  const goesOn = { code: true, error: null }
  const mustLogIn = { code: false, error: 'login_required' }

  it('asks for another log in where the session has a weaker one, and takes the stronger', async () => {
    const { person, device } = await someone()
    const strong = attestedKey()
    await enrol(service, person.id, strong, 'in-person')
    const browser = await signInHere(service, device)
    assert.deepEqual(await silently(browser), goesOn)
    await setPolicy(service, 'client', 'ward', { minimumAssuranceLevel: 3 })
    assert.deepEqual(await silently(browser), mustLogIn)
    assert.deepEqual(await silently(browser, { client_id: 'lab' }), goesOn)

    const id = await arrive(browser)
    assert.equal((await assertAt(browser, id, device)).status, 400)
    const back = await comeBack(browser, await assertAt(browser, id, strong))
    const { body } = await redeem(service, back.get('code') ?? '')
    assert.equal(decodeJwt(String(body['id_token']))['acr'], 'AAL3_FIDO2')
    assert.deepEqual(await silently(browser), goesOn)
  })

  it('is not let down by a session that went round its rules through another tab', async () => {
    const { person, device } = await someone()
    const place = { code: 'ZZB01', name: 'Hospital' }
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8'])
      await giveRole(service, person.id, await addPosition(service, place, { name, roleCode: 'S8000:G8000:R8001' }))
    await setPolicy(service, 'client', 'ward', { minimumAssuranceLevel: 3 })
    const browser = service.browser()
    const id = await arrive(browser, { scope: 'openid selectedrole' })
    // Logged in for our own pages, which ask for less; then the first tab goes on with the choice of a role.
    assert.equal((await assertAt(browser, 'fobwatch', device)).status, 200)
    const state = await browser.get(`/sign-in/${id}/state`)
    const { stage, roles } = state.json<{ stage: string; roles: { id: string }[] }>()
    assert.equal(stage, 'role')
    const chosen = await browser.postJson(`/sign-in/${id}/role`, { role: roles[0]?.id })
    const again = await browser.follow(chosen.json<{ url: string }>().url, { until: 'another-origin' })
    assert.notEqual(interactionOf(again), id)
    assert.deepEqual(await silently(browser, { scope: 'openid selectedrole' }), mustLogIn)
  })

  it('is one of several: rules of the service and of an organisation hold in a session that lasts, too', async () => {
    const { person, device } = await someone()
    const browser = await signInHere(service, device)
    await setPolicy(service, 'service', '', { synced: 'refused' })
    assert.deepEqual(await silently(browser), goesOn)
    await setPolicy(service, 'service', '', { kinds: ['smartcard'] })
    assert.deepEqual(await silently(browser), mustLogIn)

    await clearPolicies(service)
    const place = await service.store.inTransaction((tx) =>
      service.rooms.access.addOrganisation(tx, { code: 'ZZB02', name: 'Trust' }),
    )
    await setPolicy(service, 'organisation', place, { kinds: ['smartcard'] })
    assert.deepEqual(await silently(browser), goesOn)
    await service.store.inTransaction((tx) => service.rooms.access.affiliate(tx, person.id, place))
    assert.deepEqual(await silently(browser), mustLogIn)
  })

  it('goes on as ever where nobody is signed in, or nothing is ruled', async () => {
    await setPolicy(service, 'client', 'ward', {})
    assert.deepEqual(await silently(service.browser()), mustLogIn)
    const { device } = await someone()
    assert.deepEqual(await silently(await signInHere(service, device)), goesOn)
  })

  describe('and tokens that say how sure we are', () => {
    const claimsOf = async (device: SoftwareAuthenticator, parameters: Parameters = {}) => {
      const { body } = await redeem(service, await getCode(service.browser(), device, parameters))
      const userinfo = await service.app.inject({
        url: '/userinfo',
        headers: { authorization: `Bearer ${body['access_token']}` },
      })
      return { idToken: decodeJwt(String(body['id_token'])), userinfo: userinfo.json() as Record<string, unknown> }
    }

    it('give the reasons to whoever asks, by a scope or by name, and to nobody else', async () => {
      const { device } = await someone()
      const reasons = ['we could not confirm the maker']
      const unasked = await claimsOf(device)
      assert.equal(unasked.idToken['assurance_reasons'], undefined)
      assert.equal(unasked.userinfo['assurance_reasons'], undefined)
      const scoped = await claimsOf(device, { scope: 'openid assurance' })
      assert.deepEqual(scoped.idToken['assurance_reasons'], reasons)
      assert.deepEqual(scoped.userinfo['assurance_reasons'], reasons)
      const named = await claimsOf(device, { claims: JSON.stringify({ id_token: { assurance_reasons: null } }) })
      assert.deepEqual(named.idToken['assurance_reasons'], reasons)
      assert.equal(named.userinfo['assurance_reasons'], undefined)
      const there = await claimsOf(device, { claims: JSON.stringify({ userinfo: { assurance_reasons: null } }) })
      assert.equal(there.idToken['assurance_reasons'], undefined)
      assert.deepEqual(there.userinfo['assurance_reasons'], reasons)
    })

    it('tell of one log in throughout, though its session goes on with another device, and of the next when asked', async () => {
      const { person, device } = await someone()
      const strong = attestedKey()
      await enrol(service, person.id, strong, 'in-person')
      const asked = { claims: JSON.stringify({ id_token: { authentication_assurance_level: null } }) }
      const offline = { scope: 'openid offline_access assurance', prompt: 'consent', ...asked }
      const toldBy = (token: unknown) => {
        const { acr, authentication_assurance_level: level, assurance_reasons: reasons } = decodeJwt(String(token))
        return { acr, level, strengths: (reasons as string[]).length }
      }
      const before = {
        weak: { acr: 'AAL2_ANY', level: 2, strengths: 1 },
        strong: { acr: 'AAL3_FIDO2', level: 3, strengths: 3 },
      }
      for (const [first, then, told, later] of [
        [device, strong, before.weak, before.strong],
        [strong, device, before.strong, before.weak],
      ] as const) {
        const browser = service.browser()
        const code = await getCode(browser, first, offline)
        const options = (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
        const response = then.authenticate(options, { origin: issuer })
        assert.equal((await browser.postJson('/api/session/assertion', { response })).status, 204)

        const { body } = await redeem(service, code)
        assert.deepEqual(toldBy(body['id_token']), told)
        const refresh = { grant_type: 'refresh_token', client_id: 'ward', refresh_token: String(body['refresh_token']) }
        const refreshed = (await post(service, '/token', refresh)).body
        assert.deepEqual(toldBy(refreshed['id_token']), told)
        const headers = { authorization: `Bearer ${refreshed['access_token']}` }
        const userinfo = (await service.app.inject({ url: '/userinfo', headers })).json<Record<string, unknown>>()
        assert.equal(userinfo['authentication_assurance_level'] ?? told.level, told.level)
        assert.equal((userinfo['assurance_reasons'] as string[]).length, told.strengths)

        const { location } = await browser.follow(authorizeUrl({ ...offline, prompt: 'none' }), {
          until: 'another-origin',
        })
        const next = (await redeem(service, location?.searchParams.get('code') ?? '')).body
        assert.deepEqual(toldBy(next['id_token']), later)
      }
    })

    it('give the first class that was asked for and is true, else the most specific', async () => {
      const { device } = await someone(attestedKey())
      const acr = async (acr_values?: string) => (await claimsOf(device, { acr_values })).idToken['acr']
      assert.equal(await acr(), 'AAL3_FIDO2')
      assert.equal(await acr('AAL3_IOS AAL2_OR_AAL3_ANY AAL3_ANY'), 'AAL2_OR_AAL3_ANY')
      assert.equal(await acr('AAL3_ANY'), 'AAL3_ANY')
      assert.equal(await acr('AAL3_IOS nonsense'), 'AAL3_FIDO2')
      const { idToken } = await claimsOf(device)
      assert.deepEqual([idToken['authentication_assurance_level'], idToken['amr']], [3, ['pop', 'user', 'mfa']])
    })

    it('line 17: are dead at every endpoint once the device is paused', async () => {
      const { device, id } = await someone()
      const offline = { scope: 'openid offline_access', prompt: 'consent' }
      const { body } = await redeem(service, await getCode(service.browser(), device, offline))
      const form = (path: string, payload: Record<string, string>) =>
        service.app.inject({
          method: 'POST',
          url: path,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams({ client_id: 'ward', ...payload }).toString(),
        })
      const token = String(body['access_token'])
      assert.equal((await form('/introspect', { token })).json<{ active: boolean }>().active, true)
      await sql(service, `update authenticator set status = 'suspended' where id = $1`, id)
      const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
      assert.equal((await form('/token', refresh)).json<{ error: string }>().error, 'invalid_grant')
      assert.equal((await form('/introspect', { token })).json<{ active: boolean }>().active, false)
      const userinfo = await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${token}` } })
      assert.equal(userinfo.statusCode, 401)
    })
  })
})
