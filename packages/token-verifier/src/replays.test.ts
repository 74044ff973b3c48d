import assert from 'node:assert/strict'
import { afterEach, describe, it, mock } from 'node:test'
import { createReplayMemory } from './index.ts'
import { replayId } from './replays.ts'

describe('the memory of what was used', () => {
  afterEach(() => mock.timers.reset())
  const now = () => Date.now() / 1000

  it('knows an id again until its time is over', () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const memory = createReplayMemory()
    assert.equal(memory.remember('a', now() + 10), true)
    assert.equal(memory.remember('a', now() + 10), false)
    mock.timers.tick(9_000)
    assert.equal(memory.remember('a', now() + 10), false)
    mock.timers.tick(2_000)
    assert.equal(memory.remember('a', now() + 10), true)
  })

  it('knows one id from another, of another kind and of another maker', () => {
    const ids = [
      replayId('logout', 'a', 'b'),
      replayId('proof', 'a', 'b'),
      replayId('logout', 'ab', ''),
      replayId('logout', '', 'ab'),
    ]
    assert.equal(new Set(ids).size, 4)
    assert.ok(ids.every((id) => id.length === 43))
  })
})
