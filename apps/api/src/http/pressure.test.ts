import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Limits, pressureOf, watchPressure } from './pressure.ts'

describe('the pressure on a process', () => {
  const limits: Limits = { underWay: 100, loopDelay: 500, waiting: 300 }
  const calm = { underWay: 0, loopDelay: 0, waiting: 0 }

  it('is none up to half of what it can take, of each kind', () => {
    assert.equal(pressureOf({ underWay: 50, loopDelay: 250, waiting: 150 }, limits), 'none')
  })

  it('is looked at from when the process listens, and not while it begins', ({ mock }) => {
    mock.timers.enable({ apis: ['setInterval'] })
    const pressure = watchPressure({ underWay: () => 0, waiting: () => 301, limits: { ...limits, loopDelay: 600_000 } })
    mock.timers.tick(5_000)
    assert.equal(pressure.now(), 'none')
    pressure.start()
    mock.timers.tick(500)
    assert.equal(pressure.now(), 'none', 'seen once')
    mock.timers.tick(500)
    assert.equal(pressure.now(), 'too-high')
    pressure.stop()
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
