import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { attempt, Over } from './faults/attempt.ts'
import { judgeRefusals, judgeTables } from './faults/judge.ts'
import { drawFaults, type FaultKind, kinds } from './faults/kinds.ts'
import type { Life } from './faults/ledger.ts'
import { createRandom } from './faults/random.ts'
import { playRound } from './faults/round.ts'
import type { Kept } from './faults/tables.ts'
import { openTheatre, type Theatre } from './faults/theatre.ts'

describe('the service, while its parts fail', () => {
  let theatre: Theatre
  before(async () => {
    theatre = await openTheatre({ count: 2, ownDisk: false })
  })
  after(() => theatre.close())

  const named = (name: string): FaultKind => kinds.find((kind) => kind.name === name) as FaultKind
  for (const name of ['PostgreSQL killed', 'An instance killed'])
    it(`loses nothing that it acknowledged, and takes nothing twice: ${named(name).says}`, async () => {
      const { faults, recovery, findings } = await playRound(theatre, named(name), createRandom(7))
      assert.deepEqual(faults, [])
      assert.ok(Number.isFinite(recovery.all), 'it answered again')
      assert.ok(findings.acknowledged > 0)
    })
})

describe('an attempt', () => {
  const back = (error: string) => async () => ({
    ...{ status: 303, body: '' },
    location: new URL(`https://application.example/?error=${error}`),
  })
  const life = () => ({ deeds: [], refusals: [] }) as unknown as Life

  it('is over without a refusal where the service says through the browser that it is away', async () => {
    const one = life()
    await assert.rejects(attempt(one, { step: 'way back', type: 'signed-in' }, back('temporarily_unavailable')), Over)
    assert.deepEqual([one.refusals, one.deeds], [[], [{ type: 'signed-in', came: 'open' }]])
  })

  it('goes on where it says anything else', async () => {
    assert.equal((await attempt(life(), { step: 'way back' }, back('server_error'))).status, 303)
  })
})

describe('the draw of faults', () => {
  it('is the same for the same seed, and has every kind that can be had', () => {
    const names = (seed: number) => drawFaults(kinds, 10, createRandom(seed)).map(({ name }) => name)
    assert.deepEqual(names(3), names(3))
    assert.notDeepEqual(names(3), names(4))
    assert.equal(new Set(drawFaults(kinds, 14, createRandom(1))).size, kinds.length)
  })
})

describe('the judge of what is left', () => {
  const nobody: Kept = {
    ...{ personId: 'p', isSuspended: false, events: {} },
    ...{ sessions: 0, openSessions: 0, signedOut: 0, withRole: 0 },
    ...{ authenticators: 0, suspended: 0, revoked: 0, spentLinks: 0 },
  }
  const enrolled = { ...nobody, authenticators: 1, spentLinks: 1, events: { 'authenticator-enrolled': 1 } }
  const life = (came: 'acknowledged' | 'open'): Life =>
    ({
      deeds: [{ type: 'authenticator-enrolled', came }],
      refusals: [{ step: 'options', said: '400' }],
      begunAt: 1,
    }) as never

  it('is content with what was acknowledged and is there, and with what was left open either way', () => {
    assert.deepEqual(judgeTables(life('acknowledged'), enrolled), [])
    assert.deepEqual(judgeTables(life('open'), enrolled), [])
    assert.deepEqual(judgeTables(life('open'), nobody), [])
  })

  it('finds what is lost, what is there twice, and what is there by half', () => {
    assert.match(judgeTables(life('acknowledged'), nobody).join(), /lost: authenticator-enrolled/)
    const twice = { ...enrolled, authenticators: 2, spentLinks: 2, events: { 'authenticator-enrolled': 2 } }
    assert.match(judgeTables(life('open'), twice).join(), /doubled: authenticator-enrolled/)
    assert.match(judgeTables(life('open'), { ...nobody, authenticators: 1 }).join(), /half: device/)
    assert.match(judgeTables(life('open'), undefined).join(), /gone/)
  })

  it('excuses a refusal only after a crash, where a crash may forget, and after a step of the clock', () => {
    const nothing = { forget: false, expire: false, until: 10 }
    assert.equal(judgeRefusals(life('open'), nothing).length, 1)
    assert.equal(judgeRefusals({ ...life('open'), begunAt: 11 }, { ...nothing, forget: true }).length, 1)
    assert.equal(judgeRefusals(life('open'), { ...nothing, forget: true }).length, 0)
    assert.equal(judgeRefusals(life('open'), { ...nothing, expire: true }).length, 0)
    const refused = { ...life('open'), refusals: [{ step: 'refresh', said: '400' }] }
    assert.equal(judgeRefusals(refused, { ...nothing, forget: true }).length, 1)
  })
})
