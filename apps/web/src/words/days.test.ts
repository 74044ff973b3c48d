import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endOf, isBlank, lastDayOf, noDay, startOf, typedOf } from './days.ts'

const typed = (day: string, month: string, year: string) => ({ day, month, year })

describe('a day that is typed', () => {
  it('is the beginning of that day', () => {
    assert.deepEqual(startOf(typed('9', '02', '2027')), new Date(2027, 1, 9))
    assert.deepEqual(startOf(typed(' 29', '2 ', '2028')), new Date(2028, 1, 29))
  })
  it('is none where there is no such day', () => {
    for (const [d, m, y] of [
      ['29', '2', '2027'],
      ['31', '4', '2027'],
      ['0', '1', '2027'],
      ['1', '13', '2027'],
      ['1', '1', '27'],
      ['a', '1', '2027'],
      ['', '1', '2027'],
      ['1.5', '1', '2027'],
      ['-1', '1', '2027'],
    ] as const)
      assert.equal(startOf(typed(d, m, y)), undefined, `${d}/${m}/${y}`)
  })
  it('ends when the next one begins, and is the last one of what ends then', () => {
    const start = new Date(2027, 11, 31)
    assert.deepEqual(endOf(start), new Date(2028, 0, 1))
    assert.deepEqual(lastDayOf(endOf(start)), typedOf(start))
  })
  it('is blank when nothing was typed', () => {
    assert.equal(isBlank(noDay), true)
    assert.equal(isBlank({ ...noDay, day: '1' }), false)
  })
})
