import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { MySessions, RequestOptions, SessionView, SharedDevice, SignInState } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { attestedKey, trustMaker } from '../../attested.testing.ts'
import {
  addPerson,
  addPosition,
  assertAt,
  enrol,
  giveRole,
  issuer,
  registerClient,
  sql,
  startService,
  stepOf,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack, getCode } from '../code-flow.testing.ts'

describe('a device that other people use', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
    await registerClient(service, { ...ward, id: 'other', name: 'Other list', apis: [] })
    await trustMaker(service)
  })
  after(() => service.close())

  const someone = async (name?: string) => (await enrol(service, (await addPerson(service, name)).id)).device
  const marked = async () => {
    const browser = service.browser()
    assert.equal((await browser.postJson('/api/shared-device', { shared: true })).status, 204)
    return browser
  }
  const silently = async (browser: BrowserLike, client_id: string) => {
    const page = await browser.follow(authorizeUrl({ client_id, prompt: 'none' }), { until: 'another-origin' })
    const found = page.location?.searchParams
    return found?.get('error') ?? (found?.has('code') ? 'code' : undefined)
  }
  const view = async (browser: BrowserLike) => (await browser.get('/api/session')).json<SessionView>()
  /** Signs in, and says that other people use this device. */
  const signInSaying = async (browser: BrowserLike, device: SoftwareAuthenticator, shared: boolean) => {
    const options = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
    const response = device.authenticate(options, { origin: issuer })
    return browser.postJson('/sign-in/fobwatch/assertion', { response, shared })
  }

  it('is marked and unmarked by a cookie that names nobody, lasts, and that no other site sends', async () => {
    const browser = service.browser()
    const state = async () => (await browser.get('/api/shared-device')).json<SharedDevice>()
    assert.deepEqual(await state(), { shared: false })
    const line = (await browser.postJson('/api/shared-device', { shared: true })).headers.getSetCookie().at(-1)
    assert.match(line ?? '', /^fobwatch_shared=yes; Max-Age=34560000; Path=\/;.* HttpOnly; SameSite=Strict$/)
    assert.deepEqual(await state(), { shared: true })
    assert.equal((await browser.get('/sign-in/fobwatch/state')).json<SignInState>().shared, true)
    await browser.postJson('/api/shared-device', { shared: false })
    assert.deepEqual(await state(), { shared: false })
  })

  it('is not marked by another site, nor by what is no request', async () => {
    const browser = service.browser()
    const payload = JSON.stringify({ shared: true })
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' }
    const answer = await service.app.inject({ method: 'POST', url: '/api/shared-device', headers, payload })
    assert.equal(answer.statusCode, 403)
    for (const body of [{}, { shared: 'yes' }, { shared: true, more: 1 }])
      assert.equal((await browser.postJson('/api/shared-device', body)).status, 400)
  })

  it('signs no second application on in silence, and asks for an assertion for each', async () => {
    const browser = await marked()
    const device = await someone()
    await getCode(browser, device)
    assert.equal(await silently(browser, 'other'), 'login_required')
    assert.equal(await silently(browser, 'ward'), 'code')
    const id = await arrive(browser, { client_id: 'other' })
    assert.ok((await comeBack(browser, await assertAt(browser, id, device))).get('code'))
    assert.equal(await silently(browser, 'other'), 'code')
  })

  it('does so from its own pages too: whoever signed in there proves it for the first application', async () => {
    const browser = await marked()
    const device = await someone()
    await assertAt(browser, 'fobwatch', device)
    assert.equal(await silently(browser, 'ward'), 'login_required')
    await arrive(browser)
  })

  let places = 0
  const withRoles = async () => {
    const person = await addPerson(service)
    const place = { code: `ZZD0${places++}`, name: 'Home' }
    const roles: string[] = []
    for (const name of ['Nurse, Ward 7', 'Nurse, Ward 8']) {
      const position = { name, roleCode: 'S8000:G8000:R8001' }
      roles.push(await giveRole(service, person.id, await addPosition(service, place, position)))
    }
    return { device: (await enrol(service, person.id)).device, roles }
  }

  it('signs nobody on by a stronger check that is declined in a log in which somebody before them began', async () => {
    const browser = await marked()
    const first = await addPerson(service, 'Bo')
    const { device } = await enrol(service, first.id)
    await enrol(service, first.id, attestedKey(), 'in-person')
    await getCode(browser, device)
    const wish = await arrive(browser, { acr_values: 'AAL3_ANY' })
    assert.equal((await browser.get(`/sign-in/${wish}/state`)).json<SignInState>().stage, 'stronger')

    const second = await addPerson(service)
    const { device: theirs } = await enrol(service, second.id)
    await enrol(service, second.id, attestedKey(), 'in-person')
    await assertAt(browser, 'fobwatch', theirs)
    const step = stepOf(await browser.postJson(`/sign-in/${wish}/decline`, {}))
    const page = await browser.follow(step.next === 'continue' ? step.url : '', { until: 'another-origin' })
    assert.equal(page.location?.searchParams.has('code') ?? false, false)
  })

  it('finishes no log in that somebody before them began, for whoever used their device for something else', async () => {
    const browser = await marked()
    const { device, roles } = await withRoles()
    const begun = await arrive(browser, { scope: 'openid selectedrole' })
    await assertAt(browser, 'fobwatch', device)
    assert.equal((await browser.get(`/sign-in/${begun}/state`)).json<SignInState>().stage, 'authenticate')
    assert.equal((await browser.postJson(`/sign-in/${begun}/role`, { role: roles[0] })).status, 401)
    assert.equal(stepOf(await assertAt(browser, begun, device)).next, 'role')
    assert.ok(
      (await comeBack(browser, await browser.postJson(`/sign-in/${begun}/role`, { role: roles[0] }))).get('code'),
    )
  })

  it('may be said to be one by its person, for this session alone', async () => {
    const browser = service.browser()
    const device = await someone()
    assert.equal(stepOf(await signInSaying(browser, device, true)).next, 'continue')
    assert.equal((await view(browser)).shared, true)
    assert.equal(await silently(browser, 'ward'), 'login_required')
    const { sessions } = (await browser.get('/api/sessions')).json<MySessions>()
    assert.equal(sessions[0]?.shared, true)
    assert.deepEqual((await browser.get('/api/shared-device')).json<SharedDevice>(), { shared: false })
  })

  it('stays one for as long as the session lasts, whoever takes the mark away or says otherwise', async () => {
    const browser = await marked()
    const device = await someone()
    await assertAt(browser, 'fobwatch', device)
    await browser.postJson('/api/shared-device', { shared: false })
    await signInSaying(browser, device, false)
    assert.equal((await view(browser)).shared, true)
    assert.equal(await silently(browser, 'ward'), 'login_required')
  })

  it('keeps nothing of one person for the next: their session ends, and nobody is told why', async () => {
    const browser = await marked()
    await assertAt(browser, 'fobwatch', await someone())
    await assertAt(browser, 'fobwatch', await someone('Bo'))
    assert.equal((await view(browser)).name, 'Bo Fiction')
    await sql(service, `update session set ended_at = now(), ended_why = 'expired' where ended_at is null`)
    assert.deepEqual((await browser.get('/api/session/ended')).json(), { why: null, minutes: null })
  })

  it('leaves a request that was refused out of the session: nobody is told of a logout for it', async () => {
    const browser = await marked()
    const device = await someone()
    await assertAt(browser, 'fobwatch', device)
    await silently(browser, 'ward')
    const { sessions } = (await browser.get('/api/sessions')).json<MySessions>()
    assert.deepEqual(sessions[0]?.applications, [])
  })

  it('line 31: is one from the moment that it is marked, for whoever was logged in before', async () => {
    const browser = service.browser()
    const device = await someone()
    await assertAt(browser, 'fobwatch', device)
    await browser.postJson('/api/shared-device', { shared: true })
    assert.equal((await view(browser)).shared, true)
    assert.equal(await silently(browser, 'ward'), 'login_required')
    await browser.postJson('/api/shared-device', { shared: false })
    assert.equal((await view(browser)).shared, true)
  })

  it('line 31: asks whoever comes next for an assertion, where the last person was asked for a role', async () => {
    const browser = await marked()
    const [first, second] = [await withRoles(), await withRoles()]
    const id = await arrive(browser, { scope: 'openid selectedrole' })
    await assertAt(browser, id, first.device)
    await comeBack(browser, await browser.postJson(`/sign-in/${id}/role`, { role: first.roles[0] }))
    const left = await arrive(browser, { scope: 'openid changedrole' })
    const state = async () => (await browser.get(`/sign-in/${left}/state`)).json<SignInState>()
    assert.equal((await state()).stage, 'role')
    await assertAt(browser, 'fobwatch', second.device)
    assert.deepEqual([(await state()).stage, (await state()).name], ['authenticate', null])
    const chosen = await browser.postJson(`/sign-in/${left}/role`, { role: second.roles[0] })
    assert.equal(chosen.status, 401)
  })
})
