import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it, mock } from 'node:test'
import { CLERK, NEWCOMER, NURSE, NURSE_AT_AAL2, NURSE_ELSEWHERE, type TestPerson } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('the pages of the ward', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  afterEach(() => mock.timers.reset())
  after(() => world.stop())

  const loggedIn = async (person: TestPerson) => {
    world.issuer.state.person = person
    const visitor = world.visitor()
    return { visitor, first: await visitor.logIn() }
  }

  it('show a nurse who she is, her role, and the patients', async () => {
    const { first } = await loggedIn(NURSE)
    assert.match(first.body, /You are Nell Notional, working as Nurse, Ward 7, Fernbrook Hospital \(fictional\)/)
    assert.match(first.body, /Strong check \(AAL3\)/)
    assert.match(first.body, /Nobody on this list exists/)
    assert.equal([...first.body.matchAll(/href="\/patients\/w7-0\d"/g)].length, 8)
  })

  it('open a record for a nurse', async () => {
    const { visitor } = await loggedIn(NURSE)
    const record = await visitor.go('/patients/w7-01')
    assert.equal(record.status, 200)
    assert.match(record.body, /Penicillin/)
  })

  it('show a clerk the patients, and say that the role opens no record', async () => {
    const { visitor, first } = await loggedIn(CLERK)
    assert.match(first.body, /does not open records/)
    assert.match(first.body, /Mabel Fictional/)

    const refused = await visitor.go('/patients/w7-01')
    assert.equal(refused.status, 403)
    assert.match(refused.body, /<h1[^>]*>This role does not open patient records</)
    assert.match(refused.body, /View Detailed Health Records” \(B0360\)/)
    assert.match(refused.body, /href="\/sign-in\?return=%2Fpatients%2Fw7-01&amp;change-role=yes"/)
    assert.doesNotMatch(refused.body, /Mabel|Penicillin/)
  })

  it('let someone with no role in, say so, and show no patient', async () => {
    const { visitor, first } = await loggedIn(NEWCOMER)
    assert.equal(first.status, 200)
    assert.match(first.body, /<h1[^>]*>You have no role yet</)
    assert.match(first.body, /Newton Nowhere/)
    assert.doesNotMatch(first.body, /Mabel/)
    assert.doesNotMatch((await visitor.go('/patients/w7-01')).body, /Penicillin/)
  })

  it('tell a nurse of another organisation that Ward 7 is not hers, and show no patient', async () => {
    const { visitor, first } = await loggedIn(NURSE_ELSEWHERE)
    for (const answer of [first, await visitor.go('/patients/w7-01')]) {
      assert.equal(answer.status, 403)
      assert.match(answer.body, /<h1[^>]*>This role does not open Ward 7</)
      assert.match(answer.body, /You are working as Nurse, residents, Larkhill Care Home \(fictional\)/)
      assert.match(answer.body, /&amp;change-role=yes"/)
      assert.doesNotMatch(answer.body, /Mabel|Penicillin/)
    }
  })

  it('mark the sensitive record in the list', async () => {
    const { first } = await loggedIn(NURSE_AT_AAL2)
    assert.match(first.body, /Horace Neverwas<\/a> <strong class="nhsuk-tag">Sensitive</)
    assert.equal([...first.body.matchAll(/Sensitive/g)].length, 1)
  })

  it('say when a patient is not here', async () => {
    const { visitor } = await loggedIn(NURSE)
    for (const id of ['w7-99', '..%2Fpatients', '%3Cscript%3E']) {
      const answer = await visitor.go(`/patients/${id}`)
      assert.equal(answer.status, 404)
      assert.match(answer.body, /There is no such page/)
    }
  })

  it('show nothing to anyone who is not logged in', async () => {
    for (const path of ['/', '/patients/w7-01', '/about-you']) {
      assert.doesNotMatch((await world.visitor().go(path)).body, /Mabel|Penicillin|token/)
    }
  })

  it('say so when the keys of Fobwatch cannot be had any more', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { visitor } = await loggedIn(NURSE)
    // Keys are kept for 10 minutes, and the token lasts as long: it is let go on a little, for the clocks.
    mock.timers.tick(602_000)
    await world.issuer.stop()
    const answer = await visitor.go('/')
    assert.equal(answer.status, 503)
    assert.match(answer.body, /<h1[^>]*>Fobwatch is not working</)
    await world.issuer.start()
  })
})
