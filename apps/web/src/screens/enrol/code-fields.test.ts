import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultOfCode, faultOfStaffId } from './code-fields.ts'

describe('a code and a user number, as they are typed', () => {
  it('are right with and without gaps, in letters of either size', () => {
    for (const code of ['CDFH3479', 'cdfh 3479', ' CDFH-3479 ']) assert.equal(faultOfCode(code), undefined)
    for (const id of ['123456789012', ' 1234 5678 9012']) assert.equal(faultOfStaffId(id), undefined)
  })

  it('are said to be wrong before a try is wasted', () => {
    assert.equal(faultOfCode(' ')?.message, 'Enter the code')
    assert.equal(faultOfCode('CDFH 347O')?.message, 'No code has O in it. Listen to it again')
    assert.equal(faultOfCode('CDFH347')?.message, 'A code has 8 letters and numbers')
    assert.equal(faultOfStaffId('')?.message, 'Enter your user number')
    assert.equal(faultOfStaffId('12345678901')?.message, 'A user number has 12 digits')
  })
})
