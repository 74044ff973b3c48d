import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { startWorld, type World } from '../testing/world.ts'

const MINUTE = 60_000

describe('staying logged in', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
  })
  afterEach(async () => {
    mock.timers.reset()
    await world.stop()
  })

  const loggedIn = async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    const secondsLeft = async (method: 'GET' | 'POST', headers = {}) => {
      const answer = await visitor.go('/session', { method, headers })
      return JSON.parse(answer.body).secondsLeft
    }
    return secondsLeft
  }

  it('is asked about without keeping the session awake', async () => {
    const secondsLeft = await loggedIn()
    mock.timers.tick(13 * MINUTE)
    assert.equal(await secondsLeft('GET'), 120)
    assert.equal(await secondsLeft('GET'), 120)
  })

  it('gives 15 more minutes to somebody who says so on a page of ours', async () => {
    const secondsLeft = await loggedIn()
    mock.timers.tick(13 * MINUTE)
    assert.equal(await secondsLeft('POST', { origin: world.url }), 900)
  })

  it('gives nothing to a page of somebody else', async () => {
    const secondsLeft = await loggedIn()
    mock.timers.tick(13 * MINUTE)
    assert.equal(await secondsLeft('POST', { origin: 'https://evil.test' }), 120)
  })

  it('is too late when the session is over, and impossible without one', async () => {
    const secondsLeft = await loggedIn()
    mock.timers.tick(15 * MINUTE)
    assert.equal(await secondsLeft('POST', { origin: world.url }), 0)
    assert.equal(JSON.parse((await world.visitor().go('/session')).body).secondsLeft, 0)
  })
})
