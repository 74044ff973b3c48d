import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type {
  AuthenticationResponse,
  Authenticator,
  CreationOptions,
  Failure,
  RequestOptions,
  SessionView,
} from '@fobwatch/contracts'
import {
  type AuthenticationMisbehaviour,
  type BrowserLike,
  createSoftwareAuthenticator,
  type FakeClock,
  fakeClock,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import {
  addPerson,
  addSignedIn,
  enrol,
  issuer,
  signInHere,
  sql,
  startService,
  type TestService,
} from '../service.testing.ts'

describe('checking that it is still the same person', () => {
  let clock: FakeClock
  let service: TestService
  before(async () => {
    clock = fakeClock(new Date())
    service = await startService({ now: clock.now })
  })
  after(() => service.close())

  const signedIn = () => addSignedIn(service)
  const optionsFor = async (browser: BrowserLike) =>
    (await browser.postJson('/api/session/assertion/options', {})).json<RequestOptions>()
  const reassert = async (
    browser: BrowserLike,
    device: SoftwareAuthenticator,
    misbehave?: AuthenticationMisbehaviour,
  ) => {
    const options = await optionsFor(browser)
    const response: AuthenticationResponse = device.authenticate(
      { ...options, allowCredentials: [] },
      { origin: issuer, ...(misbehave && { misbehave }) },
    )
    return browser.postJson('/api/session/assertion', { response })
  }
  const add = async (browser: BrowserLike, device = createSoftwareAuthenticator()) => {
    const options = await browser.postJson('/api/authenticators/options', {})
    if (options.status !== 200) return options
    const response = device.register(options.json<CreationOptions>(), { origin: issuer })
    return browser.postJson('/api/authenticators', { response })
  }
  const remove = (browser: BrowserLike, id: string) => sendDelete(browser, `/api/authenticators/${id}`)
  const sendDelete = async (browser: BrowserLike, path: string) => {
    const answer = await service.app.inject({
      method: 'DELETE',
      url: path,
      headers: { cookie: browser.cookieHeader(`${issuer}${path}`), origin: issuer },
      payload: {},
    })
    return { status: answer.statusCode, error: answer.statusCode === 204 ? undefined : answer.json<Failure>().error }
  }

  it('names the devices of the person who is signed in, and no others', async () => {
    const { browser, device } = await signedIn()
    const { allowCredentials } = await optionsFor(browser)
    assert.deepEqual(
      allowCredentials.map(({ id }) => id),
      device.credentials().map(({ id }) => id),
    )
  })

  it('names those of a level at least, where a level is asked for', async () => {
    const { browser, person } = await signedIn()
    const strong = await enrol(service, person.id)
    const paused = await enrol(service, person.id)
    const raise = 'update authenticator set assurance_level = 3, status = $2 where id = $1'
    await sql(service, raise, strong.enrolled.id, 'active')
    await sql(service, raise, paused.enrolled.id, 'suspended')
    const named = async (level: number) => {
      const page = await browser.postJson('/api/session/assertion/options', { level })
      return page.json<RequestOptions>().allowCredentials.map(({ id }) => id)
    }
    assert.deepEqual(
      await named(3),
      strong.device.credentials().map(({ id }) => id),
    )
    assert.equal((await named(2)).length, 2)
    assert.equal((await browser.get('/api/session')).json<SessionView>().reachableLevel, 3)

    await sql(service, raise, strong.enrolled.id, 'revoked')
    const none = await browser.postJson('/api/session/assertion/options', { level: 3 })
    assert.equal(none.json<Failure>().error, 'not_found')
    assert.equal((await browser.postJson('/api/session/assertion/options', { level: 4 })).status, 400)
  })

  it('makes what was done minutes ago fresh again, under a new secret, and is recorded', async () => {
    const { browser, device, person } = await signedIn()
    clock.advance({ minutes: 6 })
    const before = browser.cookieHeader(issuer)
    assert.equal((await add(browser)).json<Failure>().error, 'fresh_assertion_needed')

    const page = await reassert(browser, device)
    assert.equal(page.status, 204)
    assert.notEqual(browser.cookieHeader(issuer), before)
    const view = (await browser.get('/api/session')).json<SessionView>()
    assert.equal(view.authenticatedAt, clock.now().toISOString())
    assert.equal((await add(browser)).status, 200)
    const types = (await service.rooms.audit.eventsOf(person.id)).map(({ type }) => type)
    assert.deepEqual(types.slice(-2), ['reasserted', 'authenticator-added'])
  })

  it('line 25: is asked for before a device is added or removed, when the last assertion is 5 minutes old', async () => {
    const { browser, enrolled } = await signedIn()
    clock.advance({ minutes: 4, seconds: 59 })
    assert.equal((await browser.postJson('/api/authenticators/options', {})).status, 200)
    clock.advance({ seconds: 1 })
    for (const page of [await add(browser), await browser.postJson('/api/authenticators', {})]) {
      assert.equal(page.status, 403)
      assert.equal(page.json<Failure>().error, 'fresh_assertion_needed')
    }
    assert.deepEqual(await remove(browser, enrolled.id), { status: 403, error: 'fresh_assertion_needed' })
  })

  it('line 25: in a session at AAL2 adds no device that counts for more', async () => {
    const { browser } = await signedIn()
    const added = (
      await add(browser, createSoftwareAuthenticator({ attestation: 'packed', transports: ['usb'] }))
    ).json<Authenticator>()
    assert.equal(added.assuranceLevel, 2)
    // Even when it will be believed one day: the session it was added from does not climb.
    await sql(service, 'update session set assurance_level = 1')
    await sql(service, 'update authenticator set assurance_level = 1')
    const lower = (await add(browser, createSoftwareAuthenticator({ attestation: 'packed' }))).json<Authenticator>()
    assert.equal(lower.assuranceLevel, 1)
  })

  it('line 25: setting up a device by a link opens no session', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    const [row] = await sql<{ count: number }>(service, 'select count(*) from session where person_id = $1', person.id)
    assert.equal(row?.count, 0)
    assert.equal((await (await signInHere(service, device)).get('/api/session')).status, 200)
  })

  it("refuses another person's device", async () => {
    const [asha, robin] = [await signedIn(), await signedIn()]
    const page = await reassert(asha.browser, robin.device)
    assert.equal(page.status, 400)
    assert.equal(page.json<Failure>().error, 'sign_in_refused')
    const view = (await asha.browser.get('/api/session')).json<SessionView>()
    assert.equal(view.staffId, asha.person.staffId)
    const event = (await service.rooms.audit.eventsOf(robin.person.id)).at(-1)
    assert.deepEqual([event?.type, event?.outcome], ['sign-in-refused', 'refused'])
  })

  it('refuses a challenge of another session of the same person, and one for signing in', async () => {
    const { browser, device } = await signedIn()
    const elsewhere = await signInHere(service, device)
    for (const challenge of [
      (await optionsFor(elsewhere)).challenge,
      (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>().challenge,
    ])
      assert.equal((await reassert(browser, device, { challenge })).json<Failure>().error, 'challenge_unknown')
  })

  it('refuses an assertion without user verification', async () => {
    const { browser, device } = await signedIn()
    const page = await reassert(browser, device, { userVerified: false })
    assert.equal(page.json<Failure>().error, 'user_not_verified')
  })

  it('does not outlive a session that ends meanwhile', async () => {
    const { browser, device, person } = await signedIn()
    const options = await optionsFor(browser)
    await sql(service, 'update session set ended_at = now() where person_id = $1', person.id)
    const response = device.authenticate(options, { origin: issuer })
    assert.equal((await browser.postJson('/api/session/assertion', { response })).status, 401)
  })

  it("line 24: another person's devices can be neither renamed nor removed, nor seen", async () => {
    const [asha, robin] = [await signedIn(), await signedIn()]
    const path = `/api/authenticators/${robin.enrolled.id}`
    const renamed = await service.app.inject({
      method: 'PATCH',
      url: path,
      headers: { cookie: asha.browser.cookieHeader(issuer), origin: issuer },
      payload: { name: 'Mine now' },
    })
    assert.equal(renamed.statusCode, 404)
    assert.deepEqual(await remove(asha.browser, robin.enrolled.id), { status: 404, error: 'not_found' })
    const list = (await asha.browser.get('/api/authenticators')).json<{ authenticators: Authenticator[] }>()
    assert.deepEqual(
      list.authenticators.map(({ id }) => id),
      [asha.enrolled.id],
    )
    assert.equal((await robin.browser.get('/api/session')).status, 200)
  })
})
