import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayOf, typedDay } from './birth-dates.ts'

describe('a day that is typed', () => {
  it('is taken as people write it, and shown so again', () => {
    assert.equal(dayOf({ day: '3', month: ' 11', year: '1988 ' }), '1988-11-03')
    assert.deepEqual(typedDay('1988-11-03'), { day: '3', month: '11', year: '1988' })
  })

  it('is none where there is no such day', () => {
    for (const [day, month, year] of [
      ['31', '2', '1990'],
      ['', '2', '1990'],
      ['1', '13', '1990'],
      ['1', '1', '90'],
      ['x', '1', '1990'],
    ] as const)
      assert.equal(dayOf({ day, month, year }), undefined)
  })
})
