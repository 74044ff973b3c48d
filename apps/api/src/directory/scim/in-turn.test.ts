import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '#kernel'
import { createInTurn } from './in-turn.ts'

describe('what is done in turn', () => {
  it('is done one after another under one name, beside what has another, whether or not what was before it failed', async () => {
    const inTurn = createInTurn()
    const first = Promise.withResolvers<void>()
    const seen: string[] = []
    const note = (name: string) => async () => void seen.push(name)
    const failing = inTurn('a', () => first.promise)
    const waiting = inTurn('a', note('second of a'))
    await inTurn('b', note('first of b'))
    assert.deepEqual(seen, ['first of b'])
    first.reject(new Error('not to be done'))
    await assert.rejects(failing, /not to be done/)
    await waiting
    assert.deepEqual(seen, ['first of b', 'second of a'])
  })

  it('is refused where as many wait as may', async () => {
    const inTurn = createInTurn(1)
    const first = Promise.withResolvers<void>()
    const underWay = [inTurn('a', () => first.promise), inTurn('a', async () => {})]
    await assert.rejects(
      inTurn('a', async () => {}),
      (error) => isRefusal(error, 'unavailable'),
    )
    first.resolve()
    await Promise.all(underWay)
    await inTurn('a', async () => {})
  })
})
