import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserLike, Page } from '@fobwatch/testkit'
import {
  addPerson,
  enrol,
  registerClient,
  signInHere,
  startService,
  type TestService,
  ward,
} from '../../service.testing.ts'
import { authorizeUrl, getCode, redeem } from '../code-flow.testing.ts'

const registered = 'http://localhost:3001/callback'

/** What looks like the registered address and is not. */
const spellings = [
  ['a longer path', `${registered}/more`],
  ['a prefix', 'http://localhost:3001/call'],
  ['a trailing slash', `${registered}/`],
  ['a path parameter', 'http://localhost:3001/..;/callback'],
  ['a step up', 'http://localhost:3001/x/../callback'],
  ['an encoded step up', 'http://localhost:3001/x/%2e%2e/callback'],
  ['an encoded letter', 'http://localhost:3001/%63allback'],
  ['an extra query', `${registered}?x=1`],
  ['an empty query', `${registered}?`],
  ['a fragment', `${registered}#x`],
  ['an empty fragment', `${registered}#`],
  ['user information', 'http://localhost:3001@evil.example/callback'],
  ['user information before the host', 'http://evil@localhost:3001/callback'],
  ['capital letters in the path', 'http://localhost:3001/Callback'],
  ['capital letters in the host', 'http://LOCALHOST:3001/callback'],
  ['capital letters in the scheme', 'HTTP://localhost:3001/callback'],
  ['another localhost port', 'http://localhost:3002/callback'],
  ['no port', 'http://localhost/callback'],
  ['an address for localhost', 'http://127.0.0.1:3001/callback'],
  ['a trailing dot', 'http://localhost.:3001/callback'],
  ['another scheme', 'https://localhost:3001/callback'],
  ['a script', 'javascript:alert(1)'],
  ['another host', 'https://evil.example/callback'],
  ['a suffix of the host', 'http://localhost:3001.evil.example/callback'],
  ['a backslash', 'http://localhost:3001\\@evil.example/callback'],
  ['a line break', `${registered}\r\nSet-Cookie: x=1`],
  ['a space', ` ${registered}`],
  ['NUL', `${registered}\0`],
  ['nothing', ''],
] as const

describe('where a code may be sent', () => {
  let service: TestService
  let signedIn: BrowserLike
  before(async () => {
    service = await startService()
    await registerClient(service)
    const { device } = await enrol(service, (await addPerson(service)).id)
    signedIn = await signInHere(service, device)
  })
  after(() => service.close())

  const isErrorPage = (page: Page) => {
    assert.equal(page.status, 400)
    assert.equal(page.location, undefined)
    assert.equal(page.headers.get('location'), null)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(page.body, /We cannot log you in to this application/)
    assert.doesNotMatch(page.body, /<script|http-equiv|evil\.example/i)
  }

  it('is where the client is registered', async () => {
    const page = await signedIn.get(authorizeUrl())
    assert.equal(page.location?.origin, 'http://localhost:3001')
    assert.ok(page.location.searchParams.has('code'))
  })

  for (const [what, redirect_uri] of spellings)
    it(`line 26: ${what} instead of it is an error page, signed in or not, silently or not`, async () => {
      for (const browser of [signedIn, service.browser()])
        for (const prompt of [undefined, 'none', 'login'])
          isErrorPage(await browser.get(authorizeUrl({ redirect_uri, prompt })))
    })

  it('line 26: given twice, or not at all, is an error page', async () => {
    for (const browser of [signedIn, service.browser()])
      for (const prompt of [undefined, 'none']) {
        const url = authorizeUrl({ prompt })
        isErrorPage(await browser.get(`${url}&redirect_uri=${encodeURIComponent(registered)}`))
        isErrorPage(await browser.get(`${url}&redirect_uri=https%3A%2F%2Fevil.example`))
        isErrorPage(await browser.get(authorizeUrl({ prompt, redirect_uri: undefined })))
        isErrorPage(
          await browser.get(`${authorizeUrl({ prompt, redirect_uri: undefined })}&redirect_uri[]=${registered}`),
        )
      }
  })

  it('line 26: together with any other mistake is still an error page', async () => {
    for (const wrong of [
      { response_type: 'token' },
      { response_mode: 'form_post' },
      { scope: 'nonsense' },
      { code_challenge: undefined },
      { max_age: '-1' },
      { request: 'x' },
      { claims: '{' },
    ])
      isErrorPage(await signedIn.get(authorizeUrl({ redirect_uri: 'https://evil.example/callback', ...wrong })))
  })

  it('line 26: of an unknown client is an error page', async () => {
    for (const client_id of ['nobody', '', undefined, '__proto__', 'constructor'])
      for (const prompt of [undefined, 'none']) isErrorPage(await signedIn.get(authorizeUrl({ client_id, prompt })))
    isErrorPage(await signedIn.get(`${authorizeUrl()}&client_id=other`))
  })

  it('line 26: in a form that is posted leads to the same error page', async () => {
    const parameters = new URL(authorizeUrl({ redirect_uri: 'https://evil.example/callback' })).search.slice(1)
    const answer = await service.app.inject({
      method: 'POST',
      url: '/authorize',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: parameters,
    })
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers['location'], `/authorize?${parameters}`)
    isErrorPage(await signedIn.get(String(answer.headers['location'])))
  })

  it('may have any port on the loopback for a native application, and nothing else of it may differ (RFC 8252 §7.3)', async () => {
    await registerClient(service, {
      ...ward,
      id: 'native',
      metadata: {
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback'],
        token_endpoint_auth_method: 'none',
      },
    })
    const ask = (redirect_uri: string) => signedIn.get(authorizeUrl({ client_id: 'native', redirect_uri }))
    assert.match((await ask('http://127.0.0.1:49152/callback')).location?.pathname ?? '', /^\/sign-in\//)
    for (const other of [
      'http://localhost:49152/callback',
      'http://127.0.0.1:49152/other',
      'http://127.0.0.2/callback',
    ])
      isErrorPage(await ask(other))
  })

  it('line 26: is held against the code again, when it is redeemed', async () => {
    const person = await addPerson(service)
    const { device } = await enrol(service, person.id)
    for (const redirect_uri of [`${registered}/more`, 'http://localhost:3002/callback', undefined]) {
      const code = await getCode(service.browser(), device)
      const { status, body } = await redeem(service, code, { redirect_uri })
      assert.equal(status, 400)
      assert.ok(['invalid_grant', 'invalid_request'].includes(String(body['error'])), String(body['error']))
    }
  })
})
