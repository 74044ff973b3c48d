import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('signing out', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  afterEach(() => world.stop())

  it('ends the session here, then the one at Fobwatch, and comes back to the front page', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    const secret = visitor.cookies.get('ward_list_session') ?? ''

    const answer = await visitor.logOut()
    assert.equal(answer.url.href, `${world.url}/`)
    assert.match(answer.body, /<h1[^>]*>Ward list</)
    assert.equal(visitor.cookies.has('ward_list_session'), false)

    const [sent] = world.issuer.state.loggedOut
    assert.match(sent?.get('id_token_hint') ?? '', /^[\w-]+\.[\w-]+\.[\w-]+$/)
    assert.equal(sent?.get('post_logout_redirect_uri'), `${world.url}/`)

    visitor.cookies.set('ward_list_session', secret)
    assert.doesNotMatch((await visitor.go('/')).body, /Mabel/)
  })

  it('is not done for a form on somebody else’s page, of another site or of another port', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    const forged = [
      { origin: 'https://evil.test' },
      { origin: world.issuer.origin },
      { 'sec-fetch-site': 'same-site' },
      {},
    ]
    for (const headers of forged) await visitor.go('/sign-out', { method: 'POST', headers })
    assert.equal(world.issuer.state.loggedOut.length, 0)
    assert.match((await visitor.go('/')).body, /Mabel/)
  })

  it('is not done by a link', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    assert.equal((await visitor.go('/sign-out')).status, 404)
    assert.match((await visitor.go('/')).body, /Mabel/)
  })

  it('leads to the front page when nobody is logged in', async () => {
    assert.match((await world.visitor().logOut()).body, /<h1[^>]*>Ward list</)
  })

  it('ends the session here even when Fobwatch is away, and says that it may go on there', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    await world.issuer.stop()
    const answer = await visitor.logOut()
    assert.match(answer.body, /You are logged out here only/)
    assert.match((await visitor.go('/')).body, /<h1[^>]*>Ward list</)
  })
})
