import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type BrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import {
  addPerson,
  addSignedIn,
  assertAt,
  enrol,
  issuer,
  registerClient,
  startService,
  type TestService,
} from '../../service.testing.ts'
import { arrive, authorizeUrl, comeBack, interactionOf } from '../code-flow.testing.ts'

describe('somebody who goes back to the application without logging in', () => {
  let service: TestService
  before(async () => {
    service = await startService()
    await registerClient(service)
  })
  after(() => service.close())

  const leave = (browser: BrowserLike, id: string) => browser.postJson(`/sign-in/${id}/leave`, {})

  it('comes back with access_denied, the state and the issuer, and no code (RFC 6749 §4.1.2.1, RFC 9207)', async () => {
    const browser = service.browser()
    const back = await comeBack(browser, await leave(browser, await arrive(browser)))
    assert.equal(back.get('error'), 'access_denied')
    assert.equal(back.get('state'), 'some-state')
    assert.equal(back.get('iss'), issuer)
    assert.equal(back.has('code'), false)
  })

  it('has ended that sign-in, which nobody can finish afterwards', async () => {
    const person = await addPerson(service)
    const device = createSoftwareAuthenticator()
    await enrol(service, person.id, device)
    const browser = service.browser()
    const id = await arrive(browser)
    await comeBack(browser, await leave(browser, id))
    assert.equal((await leave(browser, id)).status, 400)
    assert.equal((await assertAt(browser, id, device).catch(() => undefined))?.status ?? 400, 400)
  })

  it('stays logged in here, where that was so, and even if that ended meanwhile', async () => {
    const { browser } = await addSignedIn(service)
    const again = interactionOf(await browser.follow(authorizeUrl({ prompt: 'login' }), { until: 'another-origin' }))
    assert.equal((await comeBack(browser, await leave(browser, again))).get('error'), 'access_denied')
    assert.equal((await browser.get('/api/session')).status, 200)

    const last = interactionOf(await browser.follow(authorizeUrl({ prompt: 'login' }), { until: 'another-origin' }))
    const headers = { origin: issuer, cookie: browser.cookieHeader(`${issuer}/`) }
    await service.app.inject({ method: 'DELETE', url: '/api/session', headers })
    assert.equal((await comeBack(browser, await leave(browser, last))).get('error'), 'access_denied')
  })

  it('does so in the browser that was sent, and in no other', async () => {
    const id = await arrive(service.browser())
    const elsewhere = service.browser()
    assert.equal((await leave(elsewhere, id)).status, 400)
    assert.equal((await leave(elsewhere, 'unknown')).status, 400)
    assert.equal((await elsewhere.postJson(`/sign-in/${id}/leave`, { more: true })).status, 400)
  })
})
