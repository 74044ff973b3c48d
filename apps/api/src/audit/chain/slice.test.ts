import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sliceOf } from './slice.ts'

const midnight = Date.UTC(2026, 10, 25)
const slicesOfDay = (batches: number, minutes: readonly number[]) =>
  minutes.map((minute) => sliceOf(new Date(midnight + minute * 60_000), batches))

for (const batches of [1, 7, 1440, 100_000])
  it(`looks at each of ${batches} batches once a day, even where every other minute is missed`, () => {
    const looked = new Set<number>()
    const even = Array.from({ length: 720 }, (_, at) => at * 2)
    for (const slice of slicesOfDay(batches, even))
      for (let number = slice?.first ?? 0; number <= (slice?.last ?? -1); number += 1) looked.add(number)
    assert.equal(looked.size, batches)
    assert.ok(looked.has(1) && looked.has(batches))
  })

it('looks at a small part at a time', () => {
  const [slice] = slicesOfDay(144_000, [600])
  assert.deepEqual(slice, { first: 59_901, last: 60_200 })
})

it('has nothing to look at in an empty log', () => {
  assert.equal(sliceOf(new Date(midnight), 0), undefined)
})
