import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endOfDay } from './end-of-day.ts'

const now = new Date(2026, 10, 21, 9)

describe('the last day of something', () => {
  it('ends at midnight, however the day is written', () => {
    for (const typed of ['31/3/2027', ' 31 03 2027 ', '31-3-2027', '31.03.2027'])
      assert.deepEqual(endOfDay(typed, now), new Date(2027, 3, 1))
    assert.deepEqual(endOfDay('21/11/2026', now), new Date(2026, 10, 22))
  })

  it('is said to be wrong when it is no day, or is over', () => {
    assert.equal(endOfDay('', now), 'Enter the last day')
    for (const typed of ['30/2/2027', '3/31/2027', '2027-03-31', '31/3/27', 'tomorrow', '0/0/0000'])
      assert.equal(endOfDay(typed, now), 'Enter a real last day, such as 27 3 2027', typed)
    assert.equal(endOfDay('20/11/2026', now), 'The last day must be today or later')
  })
})
