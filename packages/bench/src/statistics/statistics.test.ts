import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { median, percentile, spreadOf } from './index.ts'

describe('statistics', () => {
  it('finds the middle of an odd and of an even number of numbers, in whatever order they come', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(median([4, 1, 3, 2]), 2.5)
    assert.equal(median([7]), 7)
  })

  it('gives percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    assert.equal(percentile(hundred, 0.5), 50)
    assert.equal(percentile(hundred, 0.99), 99)
    assert.equal(percentile(hundred, 1), 100)
    assert.equal(percentile([5, 9], 0.01), 5)
  })

  it('says how far apart numbers lie', () => {
    assert.deepEqual(spreadOf([10, 2, 4]), { median: 4, least: 2, most: 10 })
  })

  it('makes no number of nothing', () => {
    assert.ok(Number.isNaN(median([])))
    assert.ok(Number.isNaN(percentile([], 0.5)))
  })
})
