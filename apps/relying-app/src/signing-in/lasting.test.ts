import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

const MINUTE = 60_000

describe('a session lasts', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
  })
  afterEach(async () => {
    mock.timers.reset()
    await world.stop()
  })

  it('beyond its access token: another comes without a word, and the page is the same', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    mock.timers.tick(11 * MINUTE)
    const record = await visitor.go('/patients/w7-03')
    assert.match(record.body, /Nora Invented/)
    assert.equal(world.issuer.state.authorized.length, 2)
  })

  it('as someone else, if someone else is logged in at Fobwatch by then', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    world.issuer.state.person = { ...NURSE, sub: '656005750555', claims: { ...NURSE.claims, name: 'Otto Other' } }
    mock.timers.tick(11 * MINUTE)
    const list = await visitor.go('/')
    assert.match(list.body, /Otto Other/)
    assert.doesNotMatch(list.body, /Nell Notional/)
  })

  it('15 minutes without activity, and no longer; then logging in comes back to the same page', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    mock.timers.tick(15 * MINUTE)
    const over = await visitor.go('/patients/w7-01')
    assert.match(over.body, /<h1[^>]*>You are logged out</)
    assert.match(over.body, /Nothing happened for 15 minutes\./)
    assert.match(over.body, /href="\/sign-in\?return=%2Fpatients%2Fw7-01"/)
    assert.equal(visitor.cookies.has('ward_list_session'), false)
  })

  it('12 hours after the person proved who they are, whenever they came to us', async () => {
    const almost12HoursAgo = Math.floor(Date.now() / 1000) - 12 * 60 * 60 + 5 * 60
    world.issuer.state.idClaims = { auth_time: almost12HoursAgo }
    const visitor = world.visitor()
    await visitor.logIn()
    mock.timers.tick(4 * MINUTE)
    assert.match((await visitor.go('/')).body, /Mabel/)
    mock.timers.tick(1 * MINUTE)
    assert.match((await visitor.go('/')).body, /<h1[^>]*>You are logged out<[\s\S]*It has been 12 hours\./)
  })
})
