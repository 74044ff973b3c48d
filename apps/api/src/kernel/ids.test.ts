import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newId } from './ids.ts'

describe('ids of rows', () => {
  it('come in the order in which they were made, so that those of one hour are neighbours in an index', () => {
    const first = newId()
    const made = Date.now()
    while (Date.now() === made);
    const second = newId()
    assert.ok(first < second, `${second} came after ${first}`)
  })

  it('are never the same, however many are made at once', () => {
    assert.equal(new Set(Array.from({ length: 10_000 }, newId)).size, 10_000)
  })
})
