import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayOf, isWhole, typedDay } from './birth-dates.ts'

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

  it('is told from one that is not all there, so that a day that does not exist is called so', () => {
    assert.ok(isWhole({ day: '31', month: '2 ', year: '1990' }))
    for (const [day, month, year] of [
      ['', '2', '1990'],
      ['1', '1', '90'],
      ['1', 'March', '1990'],
    ] as const)
      assert.ok(!isWhole({ day, month, year }))
  })
})
