import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it, mock } from 'node:test'
import { CLERK, NEWCOMER, NURSE, type TestPerson } from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

describe('the page about the visitor', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  afterEach(() => mock.timers.reset())
  after(() => world.stop())

  const visit = async (person: TestPerson) => {
    world.issuer.state.person = person
    return (await world.visitor().logIn('/about-you')).body
  }

  it('shows who they are, their organisation, their role and what it may do', async () => {
    const body = await visit(NURSE)
    for (const said of [
      'Nell Notional',
      '656005750104',
      'Level 3 of 3',
      'Fernbrook Hospital (fictional) (ZZX01)',
      'Nurse (S8000:G8000:R8001)',
      'View Detailed Health Records (B0360)',
    ]) {
      assert.ok(body.includes(said), said)
    }
  })

  it('shows how sure Fobwatch is, and why', async () => {
    const strong = await visit(NURSE)
    assert.match(strong, /Strong check \(AAL3\), because the passkey cannot leave this key and you used your PIN\./)

    const standard = await visit(CLERK)
    assert.match(standard, /Standard check \(AAL2\), because this phone can copy its passkey to your other devices\./)
    assert.match(standard, /Level 2 of 3/)
  })

  it('shows what the token calls the check, and how it was done', async () => {
    const body = await visit(NURSE)
    assert.match(body, /Class \(acr\)<\/dt>\s*<dd[^>]*>\s*AAL3_ANY/)
    assert.match(body, /Methods \(amr\)<\/dt>\s*<dd[^>]*>\s*pop/)
  })

  it('shows both tokens, decoded, and that they were accepted', async () => {
    const body = await visit(NURSE)
    assert.equal([...body.matchAll(/Accepted\. It is signed by Fobwatch with ES256, by the key test-key-/g)].length, 2)
    assert.match(body, /&quot;client_id&quot;: &quot;ward-list&quot;/)
    assert.match(body, /&quot;nonce&quot;: /)
  })

  it('shows no token that could be used', async () => {
    assert.doesNotMatch(await visit(NURSE), /eyJ[\w-]+\.[\w-]+\.[\w-]+/)
  })

  it('says that someone has no role', async () => {
    assert.match(await visit(NEWCOMER), /You have no role yet/)
  })

  it('says so when a token has run out since', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    world.issuer.state.person = NURSE
    world.issuer.state.idClaims = { exp: Math.floor(Date.now() / 1000) + 60 }
    const visitor = world.visitor()
    await visitor.logIn()
    mock.timers.tick(120_000)
    assert.match(
      (await visitor.go('/about-you')).body,
      /Refused now\. The token has expired\. It was accepted when you logged in/,
    )
    world.issuer.state.idClaims = {}
  })

  it('escapes what a claim holds, in text and in the token', async () => {
    const body = await visit({
      ...NURSE,
      claims: { ...NURSE.claims, name: '<img alt=x>', assurance_reasons: ['</li><b>'] },
    })
    assert.ok(body.includes('&lt;img alt=x&gt;'))
    assert.doesNotMatch(body, /<img|<b>/)
  })
})
