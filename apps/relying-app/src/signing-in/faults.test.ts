import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { NURSE } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('signing in says what happened when Fobwatch', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE
  })
  afterEach(() => world.stop())

  const answers = async (error: string, status: number, heading: RegExp) => {
    world.issuer.state.answerWith = error
    const answer = await world.visitor().logIn('/patients/w7-01')
    assert.equal(answer.status, status)
    assert.match(answer.body, heading)
    assert.match(answer.body, /href="\/sign-in\?return=%2Fpatients%2Fw7-01"/)
    assert.match(answer.body, /reference [\da-f]{8}/)
  }

  it('did not let the visitor in', () => answers('access_denied', 403, /<h1[^>]*>You are not logged in</))
  it('gave no other role, and the visitor is still logged in', async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    world.issuer.state.answerWith = 'access_denied'
    const answer = await visitor.go('/sign-in?return=/patients/w7-01&change-role=yes')
    assert.match(answer.body, /<h1[^>]*>Your role has not changed</)
    assert.match(answer.body, /class="nhsuk-button" href="\/patients\/w7-01"/)
    assert.match(answer.body, /Nell Notional/)
    assert.match((await visitor.go('/')).body, /Mabel/)
  })

  it('wants the visitor to log in', () => answers('login_required', 403, /<h1[^>]*>You need to log in again</))
  it('is out of order', () => answers('temporarily_unavailable', 503, /<h1[^>]*>Fobwatch is not working</))
  it('answers with an error that we do not know', () => answers('so_sorry', 502, /an answer that we could not use/))

  it('does not give tokens for the code', async () => {
    world.issuer.state.tokenAnswer = { status: 400, error: 'invalid_grant' }
    assert.equal((await world.visitor().logIn()).status, 400)
    world.issuer.state.tokenAnswer = { status: 401, error: 'invalid_client' }
    assert.equal((await world.visitor().logIn()).status, 502)
    world.issuer.state.tokenAnswer = { status: 503, error: 'temporarily_unavailable' }
    assert.equal((await world.visitor().logIn()).status, 503)
  })

  it('goes away, and works again when it is back', async () => {
    const visitor = world.visitor()
    await world.issuer.stop()
    const down = await visitor.logIn()
    assert.equal(down.status, 503)
    assert.match(down.body, /follow your downtime plan/)

    await world.issuer.start()
    assert.match((await visitor.logIn()).body, /Patients on Ward 7/)
  })

  it('went away after somebody logged in, rather than lead into nothing', async () => {
    await world.visitor().logIn()
    await world.issuer.stop()
    assert.equal((await world.visitor().logIn()).status, 503)
  })
})
