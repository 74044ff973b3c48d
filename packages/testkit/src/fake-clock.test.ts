import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeClock } from './fake-clock.ts'

describe('a fake clock', () => {
  it('stands still until it is told to move', () => {
    const { now, advance } = fakeClock('2026-03-01T09:00:00Z')
    assert.equal(now().toISOString(), '2026-03-01T09:00:00.000Z')
    assert.deepEqual(now(), now())
    advance({ hours: 1, minutes: 2, seconds: 3 })
    assert.equal(now().toISOString(), '2026-03-01T10:02:03.000Z')
  })

  it('gives dates that nobody else holds', () => {
    const { now } = fakeClock(new Date(0))
    now().setFullYear(1999)
    assert.equal(now().getTime(), 0)
  })

  it('refuses what is no moment', () => {
    assert.throws(() => fakeClock('noon'), RangeError)
  })
})
