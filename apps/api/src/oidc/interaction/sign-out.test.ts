import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, Page, SoftwareAuthenticator } from '@fobwatch/testkit'
import type { Person } from '#people'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, getCode, post, redeem } from '../code-flow.testing.ts'

const home = 'http://localhost:3001/'
const offline = { scope: 'openid offline_access', prompt: 'consent' }

describe('signing out', () => {
  let service: TestService
  let person: Person
  let device: SoftwareAuthenticator
  before(async () => {
    service = await startService()
    await registerClient(service)
    await registerClient(service, {
      ...ward,
      id: 'other',
      metadata: { ...ward.metadata, post_logout_redirect_uris: ['http://localhost:3009/bye'] },
    })
    person = await addPerson(service)
    device = (await enrol(service, person.id)).device
  })
  after(() => service.close())

  const signIn = async () => {
    const browser = service.browser()
    const { body } = await redeem(service, await getCode(browser, device, offline))
    return {
      browser,
      hint: String(body['id_token']),
      access: String(body['access_token']),
      refresh: String(body['refresh_token']),
    }
  }
  const logout = (parameters: Record<string, string> = {}) => `/logout?${new URLSearchParams(parameters)}`
  const isSignedIn = async (browser: BrowserLike) => (await browser.get('/api/session')).status === 200
  const xsrfIn = (page: Page) => /name="xsrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const confirm = (browser: BrowserLike, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    service.app.inject({
      method: 'POST',
      url: '/logout/confirm',
      headers: {
        cookie: browser.cookieHeader(`${issuer}/`),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      payload: new URLSearchParams(fields).toString(),
    })
  const asks = (page: Page) => {
    assert.equal(page.status, 200)
    assert.equal(page.location, undefined)
    assert.match(page.body, /<h1[^>]*>Do you want to log out\?<\/h1>/)
  }

  it('line 35: by an application that vouches for the wish asks nothing, keeps its state, and ends everything', async () => {
    const { browser, hint, access, refresh } = await signIn()
    const page = await browser.get(logout({ id_token_hint: hint, post_logout_redirect_uri: home, state: 'a b&c=d' }))
    assert.equal(page.status, 303)
    assert.equal(page.location?.href, `${home}?state=a+b%26c%3Dd`)
    assert.match(page.headers.getSetCookie().join(), /^fobwatch_session=; path=\/; expires=Thu, 01 Jan 1970/)

    assert.equal(await isSignedIn(browser), false)
    const userinfo = await service.app.inject({ url: '/userinfo', headers: { authorization: `Bearer ${access}` } })
    assert.equal(userinfo.statusCode, 401)
    const refreshed = await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'ward',
      refresh_token: refresh,
    })
    assert.equal(refreshed.body['error'], 'invalid_grant')
    const event = (await service.rooms.audit.eventsOf(person.id)).at(-1)
    assert.equal(event?.type, 'signed-out')
    assert.ok(event?.requestId)
  })

  it('ends what other applications were given in the same session', async () => {
    const first = await signIn()
    const silent = await first.browser.get(authorizeUrl({ ...offline, client_id: 'other' }))
    const second = await redeem(service, silent.location?.searchParams.get('code') ?? '', { client_id: 'other' })
    assert.equal(second.status, 200)
    await first.browser.get(logout({ id_token_hint: first.hint }))
    const { body } = await post(service, '/token', {
      grant_type: 'refresh_token',
      client_id: 'other',
      refresh_token: String(second.body['refresh_token']),
    })
    assert.equal(body['error'], 'invalid_grant')
  })

  it('leads to a page of ours when no address was given', async () => {
    const { browser, hint } = await signIn()
    const page = await browser.follow(logout({ id_token_hint: hint }))
    assert.equal(page.url.href, `${issuer}/logout/success`)
    assert.match(page.body, /<h1[^>]*>You are logged out<\/h1>/)
    assert.equal(await isSignedIn(browser), false)
  })

  it('line 35: without a hint asks first, and a link alone signs nobody out', async () => {
    const { browser } = await signIn()
    for (const parameters of [
      {},
      { client_id: 'ward' },
      { client_id: 'ward', post_logout_redirect_uri: home, state: 's' },
    ])
      asks(await browser.get(logout(parameters)))
    assert.equal(await isSignedIn(browser), true)
  })

  it('line 35: signs out whoever says yes, and goes back to where the client is registered', async () => {
    const { browser } = await signIn()
    const page = await browser.get(logout({ client_id: 'ward', post_logout_redirect_uri: home, state: 's' }))
    const answer = await confirm(browser, { xsrf: xsrfIn(page), logout: 'yes' })
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers['location'], `${home}?state=s`)
    assert.equal(await isSignedIn(browser), false)
  })

  it('line 31: signs nobody out by a form from elsewhere, which does not know the secret of the question', async () => {
    const { browser } = await signIn()
    const page = await browser.get(logout())
    const other = await signIn()
    const theirs = xsrfIn(await other.browser.get(logout()))
    for (const fields of [
      { logout: 'yes' },
      { logout: 'yes', xsrf: '' },
      { logout: 'yes', xsrf: theirs },
      { logout: 'yes', xsrf: 'x' },
    ]) {
      const answer = await confirm(browser, fields as Record<string, string>, { origin: 'https://evil.example' })
      assert.equal(answer.statusCode, 400)
    }
    assert.equal(await isSignedIn(browser), true)
    assert.equal((await confirm(browser, { logout: 'yes', xsrf: xsrfIn(page) })).statusCode, 303)
  })

  it('line 35: goes to no foreign address, with a hint or without', async () => {
    const { browser, hint } = await signIn()
    const foreign = [
      'https://evil.example/',
      'http://localhost:3001/elsewhere',
      'http://localhost:3001',
      'http://localhost:3002/',
      'http://localhost:3001/?x=1',
      'http://localhost:3001/#x',
      'http://localhost:3001@evil.example/',
      'http://localhost:3009/bye',
      'javascript:alert(1)',
      '//evil.example',
      '',
    ]
    for (const post_logout_redirect_uri of foreign) {
      for (const parameters of [{ id_token_hint: hint }, { client_id: 'ward' }]) {
        const page = await browser.get(logout({ ...parameters, post_logout_redirect_uri }))
        const told = `${post_logout_redirect_uri} ${Object.keys(parameters)}`
        if (post_logout_redirect_uri !== '') {
          assert.equal(page.status, 400, told)
          assert.match(page.body, /You are not logged out/)
        }
        assert.ok(page.location === undefined || page.location.origin === issuer, told)
        assert.doesNotMatch(page.body, /evil\.example/)
      }
      const unsaid = await browser.get(logout({ post_logout_redirect_uri }))
      if (unsaid.status === 200) {
        const answer = await confirm(browser, { xsrf: xsrfIn(unsaid), logout: 'no' })
        assert.doesNotMatch(String(answer.headers['location']), /evil|3009|3002/)
      }
      const nobody = await service.browser().get(logout({ post_logout_redirect_uri }))
      assert.ok(nobody.location === undefined || nobody.location.href === `${issuer}/logout/success`)
    }
  })

  it('line 35: of nobody goes on at once, to a registered address or to ours, and leaves no trace', async () => {
    const browser = service.browser()
    const page = await browser.get(logout({ client_id: 'ward', post_logout_redirect_uri: home, state: 's' }))
    assert.equal(page.location?.href, `${home}?state=s`)
    assert.deepEqual(page.headers.getSetCookie(), [])
    assert.equal((await browser.get(logout())).location?.href, `${issuer}/logout/success`)

    const { hint, browser: signed } = await signIn()
    await signed.get(logout({ id_token_hint: hint }))
    const again = await signed.get(logout({ id_token_hint: hint, post_logout_redirect_uri: home }))
    assert.equal(again.location?.href, home)
  })

  it('line 35: by a hint of another session, or of another person, is asked about', async () => {
    const [one, other] = [await signIn(), await signIn()]
    asks(await one.browser.get(logout({ id_token_hint: other.hint, post_logout_redirect_uri: home })))
    assert.equal(await isSignedIn(one.browser), true)
    assert.equal(await isSignedIn(other.browser), true)

    const robin = await enrol(service, (await addPerson(service, 'Robin')).id)
    await assertAt(other.browser, 'fobwatch', robin.device)
    asks(await other.browser.get(logout({ id_token_hint: other.hint })))
    assert.equal(await isSignedIn(other.browser), true)
  })

  it('line 35: by a hint that was edited, cut off, signed by nobody, or is for another client is refused', async () => {
    const { browser, hint } = await signIn()
    const [head = '', body = '', signature = ''] = hint.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const edited = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: '123456789012' }),
    ).toString('base64url')
    for (const id_token_hint of [
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      `${head}.${edited}.${signature}`,
      `${head}.${body}`,
      `${head}.${body}.`,
      'x',
    ]) {
      const page = await browser.get(logout({ id_token_hint, post_logout_redirect_uri: home }))
      assert.equal(page.status, 400, id_token_hint)
      assert.equal(page.location, undefined)
    }
    assert.equal((await browser.get(logout({ id_token_hint: hint, client_id: 'other' }))).status, 400)
    assert.equal(await isSignedIn(browser), true)
  })

  it('line 26: with a parameter given twice is refused', async () => {
    const { browser, hint } = await signIn()
    const twice = `${logout({ id_token_hint: hint, post_logout_redirect_uri: home })}&post_logout_redirect_uri=https://evil.example`
    const page = await browser.get(twice)
    assert.equal(page.status, 400)
    assert.equal(page.location, undefined)
    assert.equal(await isSignedIn(browser), true)
  })

  it('can be asked for by a form, as an application may (RP-Initiated Logout 1.0 §2)', async () => {
    const { browser, hint } = await signIn()
    const answer = await service.app.inject({
      method: 'POST',
      url: '/logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:3001' },
      payload: new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: home }).toString(),
    })
    assert.equal(answer.statusCode, 303)
    assert.equal((await browser.get(String(answer.headers['location']))).location?.href, home)
    assert.equal(await isSignedIn(browser), false)
  })

  it('takes an ID token that has run out as a hint, but not one that says nothing of the session (§2)', async () => {
    const { browser, hint } = await signIn()
    const { exp: _, ...claims } = JSON.parse(Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString())
    const signed = (changes: object) =>
      service.rooms.keys.signJwt({ ...claims, ...changes }, { alg: 'ES256', typ: 'JWT' })
    const old = { iat: claims.iat - 90_000, exp: claims.iat - 86_400 }
    asks(await browser.get(logout({ id_token_hint: await signed({ ...old, sid: undefined }) })))
    assert.equal(await isSignedIn(browser), true)
    const page = await browser.get(
      logout({ id_token_hint: await signed(old), post_logout_redirect_uri: home, client_id: 'ward' }),
    )
    assert.equal(page.location?.href, home)
    assert.equal(await isSignedIn(browser), false)
  })

  it('takes logout_hint and ui_locales, which change nothing: whoever is named there is not vouched for (§2)', async () => {
    const { browser } = await signIn()
    const hints = { logout_hint: person.staffId, ui_locales: 'cy en', client_id: 'ward' }
    asks(await browser.get(logout({ ...hints, post_logout_redirect_uri: home })))
    assert.equal(await isSignedIn(browser), true)
  })

  it('writes what an attacker put into an address as text', async () => {
    const { browser } = await signIn()
    const page = await browser.get(logout({ client_id: '"><script>alert(1)</script>', state: '"><img src=x>' }))
    assert.doesNotMatch(page.body, /<script|<img/)
  })
})
