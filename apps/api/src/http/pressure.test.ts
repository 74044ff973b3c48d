import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Limits, pressureOf } from './pressure.ts'

describe('the pressure on a process', () => {
  const limits: Limits = { underWay: 100, loopDelay: 500, waiting: 300 }
  const calm = { underWay: 0, loopDelay: 0, waiting: 0 }

  it('is none up to half of what it can take, of each kind', () => {
    assert.equal(pressureOf({ underWay: 50, loopDelay: 250, waiting: 150 }, limits), 'none')
  })

  for (const [kind, half, all] of [
    ['underWay', 51, 101],
    ['loopDelay', 251, 501],
    ['waiting', 151, 301],
  ] as const)
    it(`is high above half of it, and too high above all of it (${kind})`, () => {
      assert.equal(pressureOf({ ...calm, [kind]: half }, limits), 'high')
      assert.equal(pressureOf({ ...calm, [kind]: all }, limits), 'too-high')
    })
})
