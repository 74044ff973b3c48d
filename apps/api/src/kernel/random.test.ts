import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { randomBytes } from './random.ts'

describe('random bytes', () => {
  it('are as many as were asked for, and never the same twice, over many pools', () => {
    const given = Array.from({ length: 2000 }, () => randomBytes(12))
    assert.ok(given.every((bytes) => bytes.length === 12))
    assert.equal(new Set(given.map((bytes) => bytes.toString('hex'))).size, 2000)
  })

  it('are not asked for in quantities that a page has not', () => {
    assert.equal(randomBytes(4096).length, 4096)
    assert.throws(() => randomBytes(4097), RangeError)
  })

  it('stay what they are when more are asked for', () => {
    const first = randomBytes(32)
    const was = Buffer.from(first)
    for (let asked = 0; asked < 500; asked += 1) randomBytes(32)
    assert.deepEqual(first, was)
  })
})
