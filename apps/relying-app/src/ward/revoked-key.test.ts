import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { mintAccessToken, mintLogoutToken, newKeys } from '../testing/mint.ts'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('when a signing key of Fobwatch is revoked', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  afterEach(() => world.stop())

  /** Another key signs from now on, and the one that did is published no more. */
  const revoke = () => {
    const { privateKey: signingKey, publicKey: publishedKey } = newKeys()
    Object.assign(world.issuer.state, { signingKey, publishedKey })
  }
  const loggedIn = async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    return visitor
  }
  const timesLoggedIn = () => world.issuer.state.authorized.length

  it('whoever is logged in gets new tokens without a word, and the page that they asked for', async () => {
    const visitors = [await loggedIn(), await loggedIn(), await loggedIn(), await loggedIn(), await loggedIn()]
    revoke()
    await loggedIn()
    const before = timesLoggedIn()
    for (const visitor of visitors) {
      const record = await visitor.go('/patients/w7-03')
      assert.equal(record.url.pathname, '/patients/w7-03')
      assert.match(record.body, /Nora Invented/)
    }
    assert.equal(timesLoggedIn(), before + visitors.length)
  })

  it('again, the same people get new tokens again', async () => {
    const visitor = await loggedIn()
    for (let times = 0; times < 2; times += 1) {
      revoke()
      await loggedIn()
      assert.match((await visitor.go('/')).body, /Mabel/)
    }
  })

  it('a log out by the new key ends sessions, though the keys were fetched a moment ago', async () => {
    const visitor = await loggedIn()
    revoke()
    const { signingKey } = world.issuer.state
    const ended = { sid: 'a-session', sub: NURSE.sub }
    const token = mintLogoutToken(signingKey, { issuer: world.issuer.origin, clientId: 'ward-list', ended })
    const body = new URLSearchParams({ logout_token: token })
    assert.equal((await fetch(`${world.url}/backchannel-logout`, { method: 'POST', body })).status, 200)
    assert.match((await visitor.go('/')).body, /<h1[^>]*>You are logged out</)
  })

  it('and nothing may be fetched for a while, a log out should come again and a log in says to try again', async () => {
    await loggedIn()
    for (let n = 0; n < 3; n += 1) {
      const made = { issuer: world.issuer.origin, person: NURSE, audience: `${world.url}/api`, scope: 'patients.read' }
      const token = mintAccessToken(newKeys().privateKey, made)
      const answer = await fetch(`${world.url}/api/patients`, { headers: { authorization: `Bearer ${token}` } })
      assert.equal(answer.status, 401)
    }
    revoke()
    const ended = { sid: 'a-session', sub: NURSE.sub }
    const made = { issuer: world.issuer.origin, clientId: 'ward-list', ended }
    const body = new URLSearchParams({ logout_token: mintLogoutToken(world.issuer.state.signingKey, made) })
    const answer = await fetch(`${world.url}/backchannel-logout`, { method: 'POST', body })
    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)

    const login = await world.visitor().logIn()
    assert.equal(login.status, 503)
    assert.match(login.body, /<h1[^>]*>Fobwatch is not working</)
  })

  it('and the next one before it was used, nobody is sent round in a circle: that is a fault to show', async () => {
    const visitor = await loggedIn()
    revoke()
    await loggedIn()
    let step = await visitor.step('/')
    while (new URL(step.headers.get('location') ?? '', world.url).pathname !== '/')
      step = await visitor.step(step.headers.get('location') ?? '')
    revoke()
    await loggedIn()

    const before = timesLoggedIn()
    const answer = await visitor.go('/')
    assert.equal(answer.status, 502)
    assert.match(answer.body, /Fobwatch gave an answer that we could not use/)
    assert.match(answer.body, /href="\/sign-in\?return=%2F"/)
    assert.equal(timesLoggedIn(), before)
    assert.match((await visitor.logIn()).body, /Mabel/)
  })
})
