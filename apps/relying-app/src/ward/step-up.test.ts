import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { NURSE, NURSE_AT_AAL2 } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

const RECORD = '/patients/w7-08'
const BUTTON = 'href="/sign-in?return=%2Fpatients%2Fw7-08&amp;acr_values=AAL3_ANY"'

describe('a sensitive record', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
    world.issuer.state.person = NURSE_AT_AAL2
  })
  afterEach(() => world.stop())

  const loggedIn = async () => {
    const visitor = world.visitor()
    await visitor.logIn()
    return visitor
  }

  it('says that it needs a strong check, why the last one was none, and what to do', async () => {
    const answer = await (await loggedIn()).go(RECORD)
    assert.equal(answer.status, 403)
    assert.match(answer.body, /<h1[^>]*>This record needs a strong check</)
    assert.match(
      answer.body,
      /Standard check \(AAL2\), because this phone can copy its passkey to your other devices\./,
    )
    assert.ok(answer.body.includes(BUTTON))
    assert.match(answer.body, /Go back to the ward list/)
    assert.doesNotMatch(answer.body, /Horace|Codeine/)
  })

  it('opens when its reader comes back from Fobwatch with a strong check', async () => {
    const visitor = await loggedIn()
    world.issuer.state.person = NURSE
    const answer = await visitor.go('/sign-in?return=%2Fpatients%2Fw7-08&acr_values=AAL3_ANY')
    assert.equal(answer.url.pathname, RECORD)
    assert.match(answer.body, /<h1[^>]*>Horace Neverwas</)
    const [first, second] = world.issuer.state.authorized
    assert.equal(first?.get('acr_values'), null)
    assert.equal(second?.get('acr_values'), 'AAL3_ANY')
  })

  it('sends nobody round in a circle who comes back without one', async () => {
    const visitor = await loggedIn()
    const answer = await visitor.go('/sign-in?return=%2Fpatients%2Fw7-08&acr_values=AAL3_ANY')
    assert.equal(answer.status, 403)
    assert.match(answer.body, /<h1[^>]*>You do not have a strong check yet</)
    assert.match(answer.body, /Ask the desk for a security key/)
    assert.ok(answer.body.includes(BUTTON))
    assert.doesNotMatch(answer.body, /Horace|Codeine/)
    assert.equal(world.issuer.state.authorized.length, 2)
  })

  it('leaves everything as it was for someone whom Fobwatch refuses a strong check', async () => {
    const visitor = await loggedIn()
    world.issuer.state.answerWith = 'unmet_authentication_requirements'
    const answer = await visitor.go('/sign-in?return=%2Fpatients%2Fw7-08&acr_values=AAL3_ANY')
    assert.equal(answer.status, 200)
    assert.match(answer.body, /<h1[^>]*>You do not have a strong check yet</)
    assert.match((await visitor.go('/')).body, /Mabel/)
  })

  it('asks for a fresh log in where its API wants one, and never for less than usual', async () => {
    const visitor = await loggedIn()
    await visitor.step('/sign-in?max_age=300')
    const asked = async (query: string) => {
      const to = (await visitor.step(`/sign-in?${query}`)).headers.get('location') ?? ''
      const { searchParams } = new URL(to)
      return [searchParams.get('acr_values'), searchParams.get('max_age'), searchParams.get('prompt')]
    }
    assert.deepEqual(await asked('max_age=300'), [null, '300', null])
    assert.deepEqual(await asked('max_age=99999999'), [null, '43200', null])
    for (const query of [
      'max_age=-1&acr_values=',
      'acr_values=a&acr_values=b',
      'acr_values=AAL3_ANY%26prompt=none&prompt=none',
    ])
      assert.deepEqual(await asked(query), [null, '43200', null])
  })
})
