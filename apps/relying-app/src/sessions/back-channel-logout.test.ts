import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { mintLogoutToken, newKeys } from '../testing/mint.ts'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('a log out at Fobwatch', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  afterEach(async () => {
    mock.timers.reset()
    await world.stop()
  })

  const loggedIn = async (sid: string) => {
    world.issuer.state.idClaims = { sid }
    const visitor = world.visitor()
    await visitor.logIn()
    return visitor
  }
  const tokenFor = (ended: { sid?: string; sub?: string }, changes: object = {}, key = world.issuer.state.signingKey) =>
    mintLogoutToken(key, { issuer: world.issuer.origin, clientId: 'ward-list', ended, changes })
  const post = async (token: string) => {
    const body = new URLSearchParams({ logout_token: token })
    const answer = await fetch(`${world.url}/backchannel-logout`, { method: 'POST', body })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    return answer.status
  }
  const isLoggedIn = async (visitor: Awaited<ReturnType<typeof loggedIn>>) =>
    (await visitor.go('/')).body.includes('Mabel')

  it('ends the session here that came of it, and no other', async () => {
    const [here, elsewhere] = [await loggedIn('session-1'), await loggedIn('session-2')]
    assert.equal(await post(tokenFor({ sid: 'session-1', sub: NURSE.sub })), 200)
    assert.equal(await isLoggedIn(here), false)
    assert.equal(await isLoggedIn(elsewhere), true)
  })

  it('ends all of a person where no session is named', async () => {
    const [one, two] = [await loggedIn('session-1'), await loggedIn('session-2')]
    assert.equal(await post(tokenFor({ sub: NURSE.sub })), 200)
    assert.deepEqual([await isLoggedIn(one), await isLoggedIn(two)], [false, false])
  })

  it('says on the next page that its person is logged out, and how to come back', async () => {
    const visitor = await loggedIn('session-1')
    await post(tokenFor({ sid: 'session-1' }))
    const answer = await visitor.go('/patients/w7-01')
    assert.match(answer.body, /<h1[^>]*>You are logged out</)
    assert.match(answer.body, /You logged out of Fobwatch or of another application, or the desk logged you out\./)
    assert.match(answer.body, /href="\/sign-in\?return=%2Fpatients%2Fw7-01"/)
  })

  it('ends a session that was about to begin', async () => {
    await post(tokenFor({ sid: 'session-1', sub: NURSE.sub }))
    const overtaken = await loggedIn('session-1')
    assert.equal(overtaken.cookies.has('ward_list_session'), false)
    assert.equal(await isLoggedIn(await loggedIn('session-2')), true)
  })

  it('keeps nobody out who logs in afterwards, though it be under the same id', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    await post(tokenFor({ sid: 'session-1', sub: NURSE.sub }))
    mock.timers.tick(1_000)
    assert.equal(await isLoggedIn(await loggedIn('session-1')), true)
  })

  it('is no fault where there is nothing to end', async () =>
    assert.equal(await post(tokenFor({ sid: 'unknown' })), 200))

  it('ends nothing where it cannot be believed, or was told before', async () => {
    const visitor = await loggedIn('session-1')
    const told = tokenFor({ sid: 'another' })
    await post(told)
    const sid = { sid: 'session-1' }
    const bad = [
      told,
      '',
      tokenFor(sid, { aud: 'another' }),
      tokenFor(sid, { iss: 'http://elsewhere.test' }),
      tokenFor(sid, { iat: Math.floor(Date.now() / 1000) - 400 }),
      tokenFor(sid, { nonce: 'a-nonce' }),
      tokenFor(sid, { events: {} }),
      tokenFor({}, {}),
      tokenFor(sid, {}, newKeys().privateKey),
      `${tokenFor(sid)}x`,
    ]
    for (const token of bad) assert.equal(await post(token), 400)
    assert.equal(await isLoggedIn(visitor), true)
  })

  it('ends nothing by a link', async () => {
    const visitor = await loggedIn('session-1')
    const token = tokenFor({ sid: 'session-1' })
    assert.equal((await visitor.go(`/backchannel-logout?logout_token=${token}`)).status, 404)
    assert.equal(await isLoggedIn(visitor), true)
  })
})
