import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { newKeys } from '../testing/mint.ts'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

const MINUTE = 60_000

describe('signing in', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  afterEach(async () => {
    mock.timers.reset()
    await world.stop()
  })

  it('offers to log in, and then shows the ward list', async () => {
    const visitor = world.visitor()
    const welcome = await visitor.go('/')
    assert.match(welcome.body, /Log in/)
    assert.match(welcome.body, /href="\/sign-in\?return=%2F"/)
    assert.doesNotMatch(welcome.body, /Mabel/)

    const list = await visitor.logIn()
    assert.equal(list.status, 200)
    assert.match(list.body, /Patients on Ward 7/)
  })

  it('comes back to the page that was asked for', async () => {
    const record = await world.visitor().logIn('/patients/w7-02')
    assert.equal(record.url.pathname, '/patients/w7-02')
    assert.match(record.body, /<h1[^>]*>Arthur Madeup/)
  })

  it('never leads elsewhere, whatever the address says', async () => {
    for (const elsewhere of [
      'https://evil.test/',
      '//evil.test/',
      '/\\evil.test',
      '\t//evil.test',
      'javascript:alert(1)',
      '',
    ]) {
      assert.equal((await world.visitor().logIn(elsewhere)).url.href, `${world.url}/`)
    }
  })

  it('sends a state, a nonce, a PKCE challenge, the resource and the scopes', async () => {
    await world.visitor().logIn()
    const [sent] = world.issuer.state.authorized
    assert.match(sent?.get('state') ?? '', /^[\w-]{43}$/)
    assert.match(sent?.get('nonce') ?? '', /^[\w-]{43}$/)
    assert.match(sent?.get('code_challenge') ?? '', /^[\w-]{43}$/)
    assert.equal(sent?.get('resource'), `${world.url}/api`)
    assert.equal(sent?.get('max_age'), '43200')
    assert.equal(sent?.get('scope'), 'openid profile nhsperson nationalrbacaccess selectedrole assurance patients.read')
  })

  it('asks for another role where the visitor wants to change it', async () => {
    const visitor = world.visitor()
    const list = await visitor.logIn()
    assert.match(list.body, /href="\/sign-in\?return=%2F&amp;change-role=yes"/)
    await visitor.go('/sign-in?return=%2F&change-role=yes')
    assert.match(world.issuer.state.authorized[1]?.get('scope') ?? '', / changedrole$/)
  })

  it('works for a client with a secret, whatever characters that has', async () => {
    const confidential = await startWorld({ secret: 'a secret: with %+&=~ and more' })
    const list = await confidential.visitor().logIn()
    await confidential.stop()
    assert.match(list.body, /Patients on Ward 7/)
  })

  it('gives the browser a secret that scripts and other sites cannot use, and nothing else', async () => {
    const visitor = world.visitor()
    const toFobwatch = await visitor.step('/sign-in')
    const back = await visitor.step(
      (await visitor.step(toFobwatch.headers.get('location') ?? '')).headers.get('location') ?? '',
    )
    const [cookie] = back.headers.getSetCookie().filter((line) => line.startsWith('ward_list_session='))
    assert.match(cookie ?? '', /^ward_list_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('gives a new secret at each log in, and the old one is worth nothing', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    const before = visitor.cookies.get('ward_list_session') ?? ''
    await visitor.logIn()
    assert.notEqual(visitor.cookies.get('ward_list_session'), before)

    const thief = world.visitor()
    thief.cookies.set('ward_list_session', before)
    assert.doesNotMatch((await thief.go('/')).body, /Mabel/)
  })

  it('serves two tabs of one browser that log in at once', async () => {
    const visitor = world.visitor()
    const first = await visitor.step('/sign-in?return=/patients/w7-01')
    const second = await visitor.step('/sign-in?return=/patients/w7-02')
    assert.match((await visitor.go(second.headers.get('location') ?? '')).body, /Arthur Madeup/)
    assert.match((await visitor.go(first.headers.get('location') ?? '')).body, /Mabel Fictional/)
  })

  describe('is not finished', () => {
    const comeBack = async () => {
      const visitor = world.visitor()
      const toFobwatch = await visitor.step('/sign-in')
      const back = await visitor.step(toFobwatch.headers.get('location') ?? '')
      return { visitor, back: back.headers.get('location') ?? '' }
    }

    it('in another browser than it was begun in', async () => {
      const { visitor, back } = await comeBack()
      const victim = world.visitor()
      await victim.step('/sign-in')
      const answer = await victim.go(back)
      assert.equal(answer.status, 400)
      assert.match(answer.body, /You are not logged in yet/)
      assert.equal(victim.cookies.has('ward_list_session'), false)
      assert.equal((await visitor.go(back)).status, 400, 'and the attempt is spent')
    })

    it('twice: the second time leads to the session that there is', async () => {
      const { visitor, back } = await comeBack()
      await visitor.go(back)
      const secret = visitor.cookies.get('ward_list_session')
      assert.equal((await visitor.go(back)).url.href, `${world.url}/`)
      assert.equal(visitor.cookies.get('ward_list_session'), secret)

      visitor.cookies.delete('ward_list_session')
      assert.equal((await visitor.go(back)).status, 400)
    })

    it('with a state that nobody was given, or none', async () => {
      const { visitor } = await comeBack()
      assert.equal((await visitor.go('/callback?code=x&state=y')).status, 400)
      assert.equal((await visitor.go('/callback?code=x')).status, 400)
      assert.equal((await visitor.go('/callback?code=x&state=y&state=z')).status, 400)
    })

    it('after 15 minutes', async () => {
      mock.timers.enable({ apis: ['Date'], now: Date.now() })
      const { visitor, back } = await comeBack()
      mock.timers.tick(15 * MINUTE)
      assert.equal((await visitor.go(back)).status, 400)
    })

    it('by a HEAD request, which spends nothing', async () => {
      const { visitor, back } = await comeBack()
      await fetch(back, {
        method: 'HEAD',
        headers: { cookie: `ward_list_log_in=${visitor.cookies.get('ward_list_log_in')}` },
      })
      assert.match((await visitor.go(back)).body, /Patients on Ward 7/)
    })
  })

  describe('does not believe', () => {
    const refuses = async () => {
      const visitor = world.visitor()
      const answer = await visitor.logIn()
      assert.equal(answer.status, 502)
      assert.match(answer.body, /an answer that we could not use/)
      assert.equal(visitor.cookies.has('ward_list_session'), false)
    }

    it('an ID token with another nonce', async () => {
      world.issuer.state.idClaims = { nonce: 'another' }
      await refuses()
    })

    it('an ID token for another client', async () => {
      world.issuer.state.idClaims = { aud: 'another' }
      await refuses()
    })

    it('tokens that another key signed', async () => {
      world.issuer.state.signingKey = newKeys().privateKey
      await refuses()
    })

    it('an access token for another API', async () => {
      world.issuer.state.accessClaims = { aud: 'http://elsewhere.test/api' }
      await refuses()
    })

    it('a log in that is older than 12 hours', async () => {
      world.issuer.state.idClaims = { auth_time: Math.floor(Date.now() / 1000) - 13 * 60 * 60 }
      await refuses()
    })
  })
})
