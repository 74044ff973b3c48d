import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { NURSE } from './testing/people.ts'
import { startWorld, type World } from './testing/world.ts'

describe('what no route answers', () => {
  let world: World
  before(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  after(() => world.stop())

  it('is a page that says so, with its head for those who are logged in', async () => {
    const visitor = world.visitor()
    assert.equal((await visitor.go('/nothing-here')).status, 404)
    await visitor.logIn()
    assert.match((await visitor.go('/nothing-here')).body, /Nell Notional[\s\S]*There is no such page/)
  })

  it('is JSON below /api/', async () => {
    const answer = await world.visitor().go('/api/nothing-here')
    assert.equal(answer.status, 404)
    assert.equal(JSON.parse(answer.body).error, 'unknown_path')
  })

  it('is a request that is itself wrong', async () => {
    for (const path of ['/patients/%E0%A4%A', '/api/patients/%E0%A4%A']) {
      assert.equal((await world.visitor().go(path)).status, 400)
    }
  })

  it('is a page that gives a reference and no cause, when the fault is ours', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    world.issuer.state.accessClaims = { scope: 'openid' }
    const answer = await visitor.logIn()
    world.issuer.state.accessClaims = {}
    assert.equal(answer.status, 500)
    assert.match(answer.body, /<h1[^>]*>Something went wrong</)
    assert.match(answer.body, /reference [\da-f]{8}/)
    assert.doesNotMatch(answer.body, /scope|at \w+ \(/)
  })
})
