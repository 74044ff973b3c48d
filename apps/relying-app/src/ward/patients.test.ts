import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PATIENTS } from './patients.ts'

describe('the patients', () => {
  it('are eight, each with an id of their own', () => {
    assert.equal(PATIENTS.length, 8)
    assert.equal(new Set(PATIENTS.map(({ id }) => id)).size, 8)
  })

  it('have numbers that no patient can have', () => {
    for (const { number } of PATIENTS) {
      assert.match(number, /^999 000 00\d\d$/)
      assert.equal(passesNhsNumberCheck(number), false, number)
    }
    assert.equal(passesNhsNumberCheck('999 000 0018'), true)
  })
})

/** The check digit of an NHS number: weights 10 to 2, modulus 11. */
const passesNhsNumberCheck = (number: string) => {
  const digits = [...number.replaceAll(' ', '')].map(Number)
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}
