import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nextTry } from './rules.ts'

const minute = 60 * 1000
const hour = 60 * minute
const createdAt = new Date('2026-11-21T09:00:00.000Z')
const wait = (attempts: number) => {
  const next = nextTry({ attempts, createdAt }, createdAt)
  return next && next.getTime() - createdAt.getTime()
}

describe('the wait before a fact is tried again', () => {
  it('is ten seconds at first, twice as long each time, and never more than an hour', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map(wait),
      [10, 20, 40, 80].map((seconds) => seconds * 1000),
    )
    assert.deepEqual([10, 50, 2000].map(wait), [hour, hour, hour])
  })

  it('has no end while the deed is less than three days old, and then there is none', () => {
    const after = (hours: number) => nextTry({ attempts: 99, createdAt }, new Date(createdAt.getTime() + hours * hour))
    assert.ok(after(71))
    assert.equal(after(71.1), null)
  })
})
