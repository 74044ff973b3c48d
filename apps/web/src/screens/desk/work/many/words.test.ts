import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resultAsCsv, rolesWords } from './words.ts'

describe('roles from a file', () => {
  it('are counted in words', () => {
    assert.deepEqual([rolesWords(1), rolesWords(1194)], ['1 role', '1,194 roles'])
  })

  it('come back as a file in which nothing is a formula', () => {
    const row = {
      row: 2,
      outcome: 'fault',
      staffId: '=1+1',
      person: null,
      position: 'Nurse, "A"',
      organisation: 'X',
    } as const
    const [, line] = resultAsCsv([{ ...row, why: 'No.', id: null }]).split('\r\n')
    assert.equal(line, `"2","'=1+1","X","Nurse, ""A""","left out","No.",""`)
  })
})
