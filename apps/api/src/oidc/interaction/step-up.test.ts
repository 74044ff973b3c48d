import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { RequestOptions, SessionView, SignInState } from '@fobwatch/contracts'
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
  stepOf,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack, interactionOf, type Parameters, redeem } from '../code-flow.testing.ts'

describe('a session that is weaker than what is asked for', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
    const variant = (id: string, metadata: object) =>
      registerClient(service, { ...ward, id, name: id, apis: [], metadata: { ...ward.metadata, ...metadata } })
    await variant('strict', { default_acr_values: ['AAL3_ANY'], acr_required: true })
    await variant('wishing', { default_acr_values: ['AAL3_ANY'] })
    await variant('compatible', { claims_form: 'compatible' })
    await variant('compatible-strict', { claims_form: 'compatible', acr_required: true })
    await trustMaker(service)
  })
  afterEach(() => clearPolicies(service))
  after(() => service.close())

  /** Somebody with a passkey, which gives a standard check; and with a key that gives a strong one, if it is to be. */
  const someone = async ({ withKey = true } = {}) => {
    const person = await addPerson(service)
    const passkey = createSoftwareAuthenticator()
    const { enrolled } = await enrol(service, person.id, passkey, 'in-person')
    const key = attestedKey()
    const keyId = withKey ? (await enrol(service, person.id, key, 'in-person')).enrolled.id : ''
    return { person, passkey, passkeyId: enrolled.id, key, keyId }
  }
  const go = (browser: BrowserLike, parameters: Parameters = {}) =>
    browser.follow(authorizeUrl(parameters), { until: 'another-origin' })
  const stateOf = async (browser: BrowserLike, id: string) =>
    (await browser.get(`/sign-in/${id}/state`)).json<SignInState>()
  const optionsOf = async (browser: BrowserLike, id: string) =>
    (await browser.postJson(`/sign-in/${id}/options`, {})).json<RequestOptions>()
  const decline = (browser: BrowserLike, id: string) => browser.postJson(`/sign-in/${id}/decline`, {})
  const claimsOf = async (back: URLSearchParams, client_id = 'ward') => {
    const { status, body } = await redeem(service, back.get('code') ?? '', { client_id })
    assert.equal(status, 200, JSON.stringify(body))
    return decodeJwt(String(body['id_token']))
  }
  const idOf = (device: SoftwareAuthenticator) => device.credentials()[0]?.id ?? ''
  const wish = { acr_values: 'AAL3_ANY' }
  const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'AAL3_ANY' } } }) }

  for (const [asked, parameters] of Object.entries({ wished: wish, demanded: essential }))
    it(`is asked for the ways that would do, and none else, where more is ${asked}`, async () => {
      const { passkey, key } = await someone()
      const browser = await signInHere(service, passkey)
      const id = interactionOf(await go(browser, parameters))
      const { stage, name, application, stronger } = await stateOf(browser, id)
      assert.deepEqual([stage, name, application], ['stronger', 'Asha Fiction', 'Ward list'])
      assert.equal(stronger?.level, 3)
      assert.equal(stronger?.usedLevel, 2)
      assert.equal(stronger?.demanded, asked === 'demanded')
      assert.deepEqual(
        stronger?.ways.map(({ kind }) => kind),
        ['security-key'],
      )
      assert.deepEqual(
        (await optionsOf(browser, id)).allowCredentials.map((each) => each.id),
        [idOf(key)],
      )

      const before = (await browser.get('/api/session')).json<SessionView>()
      const claims = await claimsOf(await comeBack(browser, await assertAt(browser, id, key)))
      assert.deepEqual([claims['acr'], claims['authentication_assurance_level']], ['AAL3_ANY', 3])
      const after = (await browser.get('/api/session')).json<SessionView>()
      assert.deepEqual([before.assuranceLevel, after.assuranceLevel], [2, 3])
      assert.ok((await go(browser, { ...parameters, prompt: 'none' })).location?.searchParams.has('code'))
    })

  it('goes on in the same session, under a new secret, with the role that was chosen', async () => {
    const { person, passkey, key } = await someone()
    const place = { code: 'ZZS01', name: 'Hospital' }
    const roles: string[] = []
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8'])
      roles.push(
        await giveRole(service, person.id, await addPosition(service, place, { name, roleCode: 'S8000:G8000:R8001' })),
      )
    const browser = service.browser()
    const scope = 'openid selectedrole'
    const first = await arrive(browser, { scope })
    await assertAt(browser, first, passkey)
    const chosen = await browser.postJson(`/sign-in/${first}/role`, { role: roles[1] })
    const weak = await claimsOf(await comeBack(browser, chosen))
    const cookie = browser.cookieHeader(issuer)
    const id = interactionOf(await go(browser, { scope, ...wish }))
    const strong = await claimsOf(await comeBack(browser, await assertAt(browser, id, key)))
    assert.equal(strong['sid'], weak['sid'])
    assert.equal(strong['selected_roleid'], roles[1])
    assert.notEqual(browser.cookieHeader(issuer), cookie)
    const old = await service.app.inject({ url: '/api/session', headers: { cookie, host: new URL(issuer).host } })
    assert.equal(old.statusCode, 401)
  })

  it('is asked in the same log in, where somebody begins with a weak way', async () => {
    const { passkey, key } = await someone()
    const browser = service.browser()
    const id = await arrive(browser, wish)
    assert.deepEqual((await optionsOf(browser, id)).allowCredentials, [])
    assert.equal(stepOf(await assertAt(browser, id, passkey)).next, 'stronger')
    assert.equal((await stateOf(browser, id)).stage, 'stronger')
    assert.equal((await claimsOf(await comeBack(browser, await assertAt(browser, id, key))))['acr'], 'AAL3_ANY')
  })

  it('goes on with the truth where more was a wish, and its person has it not at hand', async () => {
    const { passkey } = await someone()
    const browser = await signInHere(service, passkey)
    const id = interactionOf(await go(browser, wish))
    assert.equal((await claimsOf(await comeBack(browser, await decline(browser, id))))['acr'], 'AAL2_ANY')
    const fresh = service.browser()
    const another = await arrive(fresh, wish)
    await assertAt(fresh, another, passkey)
    assert.equal((await claimsOf(await comeBack(fresh, await decline(fresh, another))))['acr'], 'AAL2_ANY')
  })

  it('line 32: goes on with the truth where more was a wish, and its person has nothing stronger', async () => {
    const { passkey } = await someone({ withKey: false })
    const browser = await signInHere(service, passkey)
    for (const parameters of [wish, { ...wish, prompt: 'none' }, { acr_values: 'AAL3_N3_SMARTCARD nonsense' }])
      assert.equal(
        (await claimsOf((await go(browser, parameters)).location?.searchParams ?? assert.fail()))['acr'],
        'AAL2_ANY',
      )
    const fresh = service.browser()
    const step = await assertAt(fresh, await arrive(fresh, wish), passkey)
    assert.equal((await claimsOf(await comeBack(fresh, step)))['acr'], 'AAL2_ANY')
  })

  it('is asked nothing by `prompt=none`: a wish is told the truth, and a demand login_required', async () => {
    const { passkey } = await someone()
    const browser = await signInHere(service, passkey)
    const wished = await go(browser, { ...wish, prompt: 'none' })
    assert.equal((await claimsOf(wished.location?.searchParams ?? assert.fail()))['acr'], 'AAL2_ANY')
    const demanded = await go(browser, { ...essential, prompt: 'none' })
    assert.equal(demanded.location?.searchParams.get('error'), 'login_required')
  })

  it('line 32: goes back with an error where more is demanded and its person has it not, and that is recorded', async () => {
    for (const parameters of [essential, { client_id: 'strict' }, { client_id: 'compatible-strict' }]) {
      const { person, passkey } = await someone({ withKey: false })
      const browser = await signInHere(service, passkey)
      const id = interactionOf(await go(browser, parameters))
      const { stage, stronger } = await stateOf(browser, id)
      assert.deepEqual([stage, stronger?.demanded, stronger?.ways], ['stronger', true, []])
      const back = await comeBack(browser, await decline(browser, id))
      assert.deepEqual(
        [back.get('error'), back.get('state'), back.has('code')],
        ['unmet_authentication_requirements', 'some-state', false],
      )
      const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
      assert.deepEqual([event?.type, event?.outcome], ['stronger-check-declined', 'refused'])
    }
  })

  it('is asked for what a registration says by default, where a request says nothing', async () => {
    const { passkey, key } = await someone()
    for (const [client_id, acr] of [
      ['strict', 'AAL3_ANY'],
      ['wishing', 'AAL3_ANY'],
      ['compatible', 'AAL3_ANY'],
      ['ward', undefined],
    ] as const) {
      const page = await go(await signInHere(service, passkey), { client_id })
      assert.equal(page.location?.searchParams.has('code') ?? false, acr === undefined, client_id)
      const strong = await go(await signInHere(service, key), { client_id })
      const claims = await claimsOf(strong.location?.searchParams ?? assert.fail(), client_id)
      assert.equal(claims['acr'], acr ?? 'AAL3_FIDO2')
    }
  })

  it('is held to a demand though `acr_values`, or a default, wish for less', async () => {
    const { passkey } = await someone({ withKey: false })
    const browser = await signInHere(service, passkey)
    for (const parameters of [{ acr_values: 'AAL2_ANY' }, { client_id: 'wishing', acr_values: 'AAL2_ANY' }]) {
      const id = interactionOf(await go(browser, { ...essential, ...parameters }))
      assert.equal((await stateOf(browser, id)).stronger?.demanded, true)
      const back = await comeBack(browser, await decline(browser, id))
      assert.equal(back.get('error'), 'unmet_authentication_requirements')
    }
  })

  it('refuses an `acr` in the claims parameter whose values are none', async () => {
    const browser = service.browser()
    for (const acr of [{ value: 1 }, { values: 'AAL3_ANY' }, { values: [1] }, { essential: true, value: null }]) {
      const { location } = await go(browser, { claims: JSON.stringify({ id_token: { acr } }) })
      assert.equal(location?.searchParams.get('error'), 'invalid_request', JSON.stringify(acr))
    }
  })

  it('is told of a request before its registration', async () => {
    const { passkey } = await someone()
    const browser = await signInHere(service, passkey)
    for (const client_id of ['wishing', 'compatible', 'compatible-strict']) {
      const { location } = await go(browser, { client_id, acr_values: 'AAL2_OR_AAL3_ANY' })
      assert.equal((await claimsOf(location?.searchParams ?? assert.fail(), client_id))['acr'], 'AAL2_OR_AAL3_ANY')
    }
  })

  it('line 32: is asked for the class that a registration requires, whatever its person wrote into the request', async () => {
    const { passkey, key } = await someone()
    const browser = await signInHere(service, passkey)
    const acr = (value: string) => JSON.stringify({ id_token: { acr: { essential: true, value } } })
    for (const written of [
      { acr_values: 'AAL2_OR_AAL3_ANY' },
      { acr_values: ' ' },
      { acr_values: 'AAL3_ANY AAL2_ANY' },
      { claims: acr('AAL2_ANY') },
      { claims: acr('AAL2_ANY'), acr_values: 'AAL1_ANY' },
    ]) {
      const id = interactionOf(await go(browser, { client_id: 'strict', ...written }))
      assert.equal((await stateOf(browser, id)).stronger?.demanded, true, JSON.stringify(written))
      const silent = await go(browser, { client_id: 'strict', prompt: 'none', ...written })
      assert.equal(silent.location?.searchParams.get('error'), 'login_required')
      const back = await comeBack(browser, await decline(browser, id))
      assert.equal(back.get('error'), 'unmet_authentication_requirements')
    }
    const strong = await go(await signInHere(service, key), { client_id: 'strict', acr_values: 'AAL2_OR_AAL3_ANY' })
    const claims = await claimsOf(strong.location?.searchParams ?? assert.fail(), 'strict')
    assert.deepEqual([claims['acr'], claims['authentication_assurance_level']], ['AAL2_OR_AAL3_ANY', 3])
  })

  it('offers no way that is paused, or that the rules of the application refuse', async () => {
    const { passkey, keyId } = await someone()
    await setPolicy(service, 'client', 'ward', { kinds: ['passkey'] })
    const browser = await signInHere(service, passkey)
    assert.ok((await go(browser, wish)).location?.searchParams.has('code'))
    await clearPolicies(service)
    const id = interactionOf(await go(browser, essential))
    assert.equal((await stateOf(browser, id)).stronger?.ways.length, 1)
    await sql(service, `update authenticator set status = 'suspended' where id = $1`, keyId)
    assert.deepEqual((await stateOf(browser, id)).stronger?.ways, [])
  })

  it('line 31: is raised by nobody but its person, and by no press of a button', async () => {
    const { passkey, key } = await someone()
    const somebody = await someone()
    const browser = await signInHere(service, passkey)
    const id = interactionOf(await go(browser, essential))
    const options = { ...(await optionsOf(browser, id)), allowCredentials: [] }
    const response = somebody.key.authenticate(options, { origin: issuer })
    const refused = await browser.postJson(`/sign-in/${id}/assertion`, { response })
    assert.deepEqual([refused.status, refused.json<{ error: string }>().error], [400, 'sign_in_refused'])
    assert.equal((await browser.get('/api/session')).json<SessionView>().assuranceLevel, 2)
    assert.notEqual(interactionOf(await browser.follow(`/authorize/${id}`, { until: 'another-origin' })), id)

    const elsewhere = service.browser()
    assert.equal((await elsewhere.get(`/sign-in/${id}/state`)).status, 400)
    assert.equal((await decline(elsewhere, id)).status, 400)
    const own = await arrive(browser, { ...essential, prompt: 'login' })
    assert.equal(stepOf(await assertAt(browser, own, passkey)).next, 'stronger')
    assert.equal(stepOf(await assertAt(browser, own, key)).next, 'continue')
  })

  it('declines nothing where nothing is asked, or nobody is logged in', async () => {
    const { person, passkey } = await someone()
    const fresh = service.browser()
    assert.equal((await decline(fresh, await arrive(fresh, essential))).status, 401)
    assert.equal((await decline(fresh, 'fobwatch')).status, 401)
    assert.equal((await decline(fresh, 'unknown')).status, 400)
    const place = { code: 'ZZS02', name: 'Hospital' }
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8'])
      await giveRole(service, person.id, await addPosition(service, place, { name, roleCode: 'S8000:G8000:R8001' }))
    const browser = await signInHere(service, passkey)
    const id = interactionOf(await go(browser, { scope: 'openid selectedrole' }))
    assert.equal((await decline(browser, id)).status, 409)
  })

  it('asks for the role afterwards, whether the stronger check was made or declined', async () => {
    const { person, passkey, key } = await someone()
    const place = { code: 'ZZS03', name: 'Hospital' }
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8'])
      await giveRole(service, person.id, await addPosition(service, place, { name, roleCode: 'S8000:G8000:R8001' }))
    const parameters = { scope: 'openid selectedrole', ...wish }
    const made = service.browser()
    const first = await arrive(made, parameters)
    await assertAt(made, first, passkey)
    assert.equal(stepOf(await assertAt(made, first, key)).next, 'role')
    assert.equal((await stateOf(made, first)).stage, 'role')

    const declined = service.browser()
    const second = await arrive(declined, parameters)
    await assertAt(declined, second, passkey)
    const step = stepOf(await decline(declined, second))
    const page = await declined.follow(step.next === 'continue' ? step.url : '', { until: 'another-origin' })
    const id = interactionOf(page)
    const { stage, roles } = await stateOf(declined, id)
    assert.equal(stage, 'role')
    const back = await comeBack(declined, await declined.postJson(`/sign-in/${id}/role`, { role: roles[0]?.id }))
    const claims = await claimsOf(back)
    assert.deepEqual([claims['acr'], claims['selected_roleid']], ['AAL2_ANY', roles[0]?.id])
  })
})
