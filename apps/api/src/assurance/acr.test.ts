import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { acrFor, satisfies } from './acr.ts'

const values = ['AAL3_ANY', 'AAL2_OR_AAL3_ANY', 'AAL2_ANY', 'AAL3_FIDO2', 'AAL1_USERPASS']
const levels = [1, 2, 3]

/** Every ordering of every choice among some values, the empty one included. */
const orderings = (from: readonly string[]): string[][] => [
  [],
  ...from.flatMap((first) => orderings(from.filter((each) => each !== first)).map((rest) => [first, ...rest])),
]

describe('acr', () => {
  it('is the most specific true value when none was asked for', () => {
    assert.deepEqual(
      levels.map((level) => acrFor([], level)),
      ['AAL1_ANY', 'AAL2_ANY', 'AAL3_ANY'],
    )
  })

  it('is the wish, when it came true', () => {
    assert.equal(acrFor(['AAL2_OR_AAL3_ANY'], 2), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL3_ANY', 'AAL2_OR_AAL3_ANY'], 2), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL2_OR_AAL3_ANY', 'AAL3_ANY'], 3), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL2_ANY'], 3), 'AAL2_ANY', 'who asked for a standard check is content with a strong one')
  })

  it('says what is true when the wish did not come true', () => {
    assert.equal(acrFor(['AAL3_ANY'], 2), 'AAL2_ANY')
    assert.equal(acrFor(['AAL3_FIDO2', 'urn:mace:incommon:iap:silver'], 3), 'AAL3_ANY')
    assert.equal(acrFor(['AAL1_USERPASS'], 2), 'AAL2_ANY')
  })

  it('is true of the level, and the first wish that came true, for every ordering of every choice', () => {
    const all = orderings(values)
    assert.equal(all.length, 326)
    for (const requested of all)
      for (const level of levels) {
        const acr = acrFor(requested, level)
        assert.ok(satisfies(acr, level), `${acr} at ${level}`)
        const came = requested.filter((each) => satisfies(each, level))
        assert.equal(acr, came[0] ?? acrFor([], level))
      }
  })

  it('is the harder to meet the higher it is', () => {
    for (const acr of values)
      for (const level of levels) assert.ok(!satisfies(acr, level) || satisfies(acr, level + 1), `${acr} at ${level}`)
    assert.deepEqual(
      values.filter((acr) => satisfies(acr, 2)),
      ['AAL2_OR_AAL3_ANY', 'AAL2_ANY'],
    )
  })
})
