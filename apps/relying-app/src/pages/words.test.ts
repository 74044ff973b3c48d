import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkAndReasons, checkInWords, inWords } from './words.ts'

describe('words', () => {
  it('give a moment in UK time, in winter and in summer', () => {
    assert.equal(inWords(Date.UTC(2026, 10, 21, 9, 14) / 1000), '9:14am on 21 November 2026')
    assert.equal(inWords(Date.UTC(2026, 6, 1, 11, 5) / 1000), '12:05pm on 1 July 2026')
  })

  it('give the reasons for the check in one sentence', () => {
    assert.equal(
      checkAndReasons(2, ['we could not confirm the maker']),
      'Standard check (AAL2), because we could not confirm the maker.',
    )
    assert.equal(checkAndReasons(3, ['a', 'b', 'c']), 'Strong check (AAL3), because a, b and c.')
    assert.equal(checkAndReasons(3, []), 'Strong check (AAL3).')
  })

  it('name the check, and claim none that was not made', () => {
    assert.equal(checkInWords(3), 'Strong check (AAL3)')
    assert.equal(checkInWords(2), 'Standard check (AAL2)')
    assert.match(checkInWords(1), /did not say/)
    assert.match(checkInWords(undefined), /did not say/)
  })
})
