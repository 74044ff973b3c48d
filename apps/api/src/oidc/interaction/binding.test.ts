import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Failure, RequestOptions, SessionView } from '@fobwatch/contracts'
import type { BrowserLike, Page, SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Person } from '#people'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  startService,
  stepOf,
  type TestService,
} from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack } from '../code-flow.testing.ts'

interface Someone {
  person: Person
  device: SoftwareAuthenticator
}

describe('a sign-in in progress', () => {
  let service: TestService
  let victim: Someone
  let attacker: Someone
  before(async () => {
    service = await startService()
    await registerClient(service)
    victim = await someone('Asha')
    attacker = await someone('Mallory')
  })
  after(() => service.close())

  const someone = async (givenName: string): Promise<Someone> => {
    const person = await addPerson(service, givenName)
    return { person, device: (await enrol(service, person.id)).device }
  }
  const errorOf = (page: Page) => ({ status: page.status, error: page.json<Failure>().error })
  const unknown = { status: 400, error: 'sign_in_unknown' }
  const staffIdIn = async (browser: BrowserLike) => (await browser.get('/api/session')).json<SessionView>().staffId
  const hasEnded = (page: Page) => {
    assert.equal(page.status, 400)
    assert.equal(page.location, undefined)
    assert.match(page.body, /This log in has ended/)
  }

  it('line 31: is nothing in another browser, whether somebody is signed in there or not', async () => {
    const id = await arrive(service.browser())
    for (const browser of [service.browser(), await signInHere(service, victim.device)]) {
      assert.deepEqual(errorOf(await browser.get(`/sign-in/${id}/state`)), unknown)
      assert.deepEqual(errorOf(await browser.postJson(`/sign-in/${id}/options`, {})), unknown)
      assert.deepEqual(errorOf(await browser.postJson(`/sign-in/${id}/role`, { role: '123456789012' })), unknown)
      const { challenge } = (await browser.postJson('/sign-in/fobwatch/options', {})).json<RequestOptions>()
      const response = victim.device.authenticate({ challenge, rpId: 'localhost' }, { origin: issuer })
      assert.deepEqual(errorOf(await browser.postJson(`/sign-in/${id}/assertion`, { response })), unknown)
      hasEnded(await browser.get(`/authorize/${id}`))
    }
  })

  for (const [title, asked] of [
    ['short', {}],
    ['too long for a cookie', { state: 'x'.repeat(2048), nonce: 'x'.repeat(2048) }],
  ] as const)
    it(`line 31: is nothing without what its browser keeps of it, or with that of another, where it is ${title}`, async () => {
      const [first, second] = [service.browser(), service.browser()]
      const [id, other] = [await arrive(first, asked), await arrive(second, asked)]
      const keptOf = (browser: BrowserLike, path: string) =>
        /fobwatch_sign_in=([^;]+)/.exec(browser.cookieHeader(`${issuer}${path}`))?.[1]
      const sealed = keptOf(second, `/sign-in/${other}/state`)
      assert.ok(sealed)
      const named = `fobwatch_interaction=${id}; fobwatch_resume=${id}`
      for (const cookie of [
        '',
        'fobwatch_sign_in=',
        `fobwatch_sign_in=${sealed}`,
        `fobwatch_sign_in=${'A'.repeat(60)}`,
      ]) {
        const headers = { cookie: `${named}; ${cookie}` }
        const answer = await service.app.inject({ url: `/sign-in/${id}/state`, headers })
        assert.equal(answer.json<Failure>().error, 'sign_in_unknown', cookie)
        const back = await service.app.inject({ url: `/authorize/${id}`, headers })
        assert.deepEqual([back.statusCode, back.headers.location], [400, undefined], cookie)
      }
      assert.equal((await first.get(`/sign-in/${id}/state`)).status, 200)
    })

  it('line 31: begun by an attacker, is finished by no victim, and the attacker gets no code of theirs', async () => {
    const theirs = service.browser()
    const id = await arrive(theirs)
    const signed = await signInHere(service, victim.device)
    assert.deepEqual(errorOf(await signed.postJson(`/sign-in/${id}/options`, {})), unknown)
    hasEnded(await signed.get(`/authorize/${id}`))

    const page = await theirs.follow(`/authorize/${id}`, { until: 'another-origin' })
    assert.equal(page.location, undefined, 'nobody signed in here')
    assert.equal(await staffIdIn(signed), victim.person.staffId)
  })

  it("line 31: an answer to the attacker's challenge, relayed by the victim's browser, signs nobody in", async () => {
    const theirs = service.browser()
    const id = await arrive(theirs)
    const options = (await theirs.postJson(`/sign-in/${id}/options`, {})).json<RequestOptions>()
    const response = victim.device.authenticate(options, { origin: issuer })
    const here = await service.browser().postJson('/sign-in/fobwatch/assertion', { response })
    assert.equal(here.json<Failure>().error, 'challenge_unknown')
  })

  it('line 31: login CSRF: a session that was planted does not become the one of whoever signs in', async () => {
    const planted = (await signInHere(service, attacker.device)).cookieHeader(`${issuer}/`)
    const secret = /fobwatch_session=([^;]+)/.exec(planted)?.[1]
    const browser = service.browser()
    const options = await service.app.inject({
      method: 'POST',
      url: '/sign-in/fobwatch/options',
      headers: { origin: issuer, cookie: planted },
      payload: {},
    })
    const response = victim.device.authenticate(options.json<RequestOptions>(), { origin: issuer })
    const answer = await service.app.inject({
      method: 'POST',
      url: '/sign-in/fobwatch/assertion',
      headers: { origin: issuer, cookie: planted },
      payload: { response },
    })
    assert.equal(answer.statusCode, 200)
    const given = answer.cookies.find(({ name }) => name === 'fobwatch_session')?.value
    assert.ok(given && given !== secret)
    const copied = await service.app.inject({ url: '/api/session', cookies: { fobwatch_session: secret ?? '' } })
    assert.equal(copied.statusCode, 401)
    assert.equal((await browser.get('/api/session')).status, 401)
  })

  it('line 31: goes on in the session that it led to, and not in one that came after it', async () => {
    const browser = service.browser()
    const step = stepOf(await assertAt(browser, await arrive(browser), victim.device))
    assert.ok(step.next === 'continue')
    await assertAt(browser, 'fobwatch', attacker.device)
    hasEnded(await browser.follow(step.url, { until: 'another-origin' }))
    assert.equal(await staffIdIn(browser), attacker.person.staffId)
  })

  it('goes nowhere after its person signed out in another window', async () => {
    const browser = service.browser()
    const step = stepOf(await assertAt(browser, await arrive(browser), victim.device))
    assert.ok(step.next === 'continue')
    await service.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { origin: issuer, cookie: browser.cookieHeader(`${issuer}/`) },
    })
    hasEnded(await browser.follow(step.url, { until: 'another-origin' }))
  })

  it('goes on though its person used their device again meanwhile, in another window', async () => {
    const browser = service.browser()
    const step = await assertAt(browser, await arrive(browser), victim.device)
    await assertAt(browser, 'fobwatch', victim.device)
    assert.ok((await comeBack(browser, step)).has('code'))
  })

  it('goes on beside another one in the same browser', async () => {
    const browser = service.browser()
    const [one, other] = [await arrive(browser), await arrive(browser)]
    assert.ok((await comeBack(browser, await assertAt(browser, one, victim.device))).has('code'))
    assert.ok((await comeBack(browser, await assertAt(browser, other, victim.device))).has('code'))
  })

  it('ends once: coming back a second time is told so', async () => {
    const browser = service.browser()
    const id = await arrive(browser)
    const step = await assertAt(browser, id, victim.device)
    assert.ok((await comeBack(browser, step)).has('code'))
    hasEnded(await browser.get(`/authorize/${id}`))
    assert.deepEqual(errorOf(await browser.get(`/sign-in/${id}/state`)), unknown)
  })

  it('a late answer brings back no older session cookie', async () => {
    const browser = await signInHere(service, victim.device)
    const page = await browser.get(authorizeUrl())
    assert.ok(page.location?.searchParams.has('code'))
    assert.deepEqual(
      page.headers.getSetCookie().filter((line) => line.startsWith('fobwatch_session')),
      [],
    )
  })

  it('is known by ids that cannot be guessed, and by nothing else', async () => {
    const browser = service.browser()
    for (const id of ['x', 'constructor', '__proto__', '%00', 'A'.repeat(65), "'"])
      assert.equal((await browser.get(`/sign-in/${encodeURIComponent(id)}/state`)).status, 400, id)
    assert.match(await arrive(browser), /^[\w-]{21,}$/)
  })
})
