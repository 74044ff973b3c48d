import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bag } from './bag.ts'

describe('a bag', () => {
  it('has what was put into it and not taken out, whatever the order', () => {
    const things = Array.from({ length: 50 }, (_, name) => ({ name }))
    const held = bag<{ name: number }>()
    for (const thing of things) held.put(thing)
    const taken = things.filter(({ name }) => name % 3 !== 1)
    for (const thing of taken.toReversed()) held.take(thing)
    const left = things.filter((thing) => !taken.includes(thing))
    assert.deepEqual(new Set(held.all()), new Set(left))
    for (const thing of taken) held.put(thing)
    assert.equal(held.all().length, 50)
    for (const thing of things) held.take(thing)
    assert.deepEqual(held.all(), [])
  })

  it('has each once, and takes out nothing for what is not there', () => {
    const [one, other] = [{}, {}]
    const held = bag()
    held.put(one)
    held.put(one)
    held.take(other)
    assert.deepEqual(held.all(), [one])
    held.take(one)
    held.take(one)
    assert.deepEqual(held.all(), [])
  })
})
