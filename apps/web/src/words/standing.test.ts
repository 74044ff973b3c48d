import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Reader, standingWords } from './standing.ts'

const active = { status: 'active', because: null, changedAt: null, expiresAt: null, mayReinstate: false } as const
const at = '2026-11-03T09:14:00Z'
const words = (change: Partial<Parameters<typeof standingWords>[0]>, reader: Reader = 'holder') =>
  standingWords({ ...active, ...change }, reader)

describe('what is unusual about a way to log in', () => {
  it('is nothing for one that works', () => {
    assert.equal(words({}), undefined)
  })
  it('is why it is paused and since when', () => {
    const paused = { status: 'suspended', changedAt: at } as const
    assert.equal(
      words({ ...paused, because: 'lost', mayReinstate: true }),
      'Paused because you reported it lost at 9:14am on 3 November 2026.',
    )
    assert.match(words({ ...paused, because: 'lost' }) ?? '', /^Paused because it was reported lost at/)
    assert.match(words({ ...paused, because: 'model' }) ?? '', /a fault was found/)
    assert.equal(words({ status: 'suspended', because: 'desk' }, 'desk'), 'The desk paused it.')
  })
  it('says what to do to its holder alone, where they cannot use it again by themselves', () => {
    const paused = { status: 'suspended', because: 'lost', changedAt: at } as const
    assert.match(words(paused) ?? '', / To use it again, call the desk\.$/)
    assert.doesNotMatch(words({ ...paused, mayReinstate: true }) ?? '', /desk/)
    assert.doesNotMatch(words(paused, 'desk') ?? '', /call the desk/)
    assert.match(words({ ...paused, mayReinstate: true }, 'desk') ?? '', /^Paused because they reported it lost at/)
  })
  it('is when it ends or ended', () => {
    assert.equal(words({ expiresAt: at }), 'Works until 9:14am on 3 November 2026.')
    assert.equal(words({ status: 'expired', expiresAt: at }), 'Ended at 9:14am on 3 November 2026.')
  })
})
