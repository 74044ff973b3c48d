import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isHeavy, rateOf, refill, secondsUntilOne, spentByOthers } from './rules.ts'

describe('how much somebody has left', () => {
  const rate = rateOf(10)

  it('grows with time, up to what 20 seconds bring', () => {
    assert.equal(refill({ left: 0, at: 1_000 }, rate, 1_000), 0)
    assert.equal(refill({ left: 0, at: 1_000 }, rate, 1_500), 5)
    assert.equal(refill({ left: 0, at: 1_000 }, rate, 1_000_000), 200)
  })

  it('is the same when the clock was put back', () => {
    assert.equal(refill({ left: 7, at: 5_000 }, rate, 1_000), 7)
  })

  it('says how long to wait for one', () => {
    assert.equal(secondsUntilOne(1, rate), 0)
    assert.equal(secondsUntilOne(0.5, rate), 0.05)
    assert.equal(secondsUntilOne(-19, rate), 2)
  })

  it('is everybody’s matter once a quarter is gone', () => {
    assert.deepEqual([isHeavy(150, rate), isHeavy(149, rate)], [false, true])
  })

  it('is less what others spent since one last looked', () => {
    assert.equal(spentByOthers(500, 20, undefined), 0, 'nobody knows how long ago they did')
    assert.equal(spentByOthers(500, 20, 480), 0)
    assert.equal(spentByOthers(550, 20, 480), 50)
    assert.equal(spentByOthers(30, 20, 480), 10, 'the count was begun anew')
  })
})
