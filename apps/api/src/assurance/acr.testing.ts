import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Checks } from './rules.testing.ts'

/** What is checked, in the real rules and in each of their mutants. */
export type Acr = Pick<typeof import('./acr.ts'), 'acrFor' | 'satisfies' | 'acrValues'>

/** The classes that `assess` gives, the weakest first. */
const given = ['AAL1_ANY', 'AAL2_ANY', 'AAL3_IOS', 'AAL3_FIDO2'] as const

/** What is asked for, and the given classes that are content with it. */
const content = new Map<string, readonly string[]>([
  ['AAL1_ANY', given],
  ['AAL2_ANY', ['AAL2_ANY', 'AAL3_IOS', 'AAL3_FIDO2']],
  ['AAL2_OR_AAL3_ANY', ['AAL2_ANY', 'AAL3_IOS', 'AAL3_FIDO2']],
  ['AAL3_ANY', ['AAL3_IOS', 'AAL3_FIDO2']],
  ['AAL3_IOS', ['AAL3_IOS']],
  ['AAL3_FIDO2', ['AAL3_FIDO2']],
])
/** CIS2's values for methods that we do not have, and what is no value at all. */
const never = [
  ...['AAL1_USERPASS', 'AAL2_TOTP', 'AAL2_NHSMAIL', 'AAL3_SMARTCARD', 'AAL3_N3_SMARTCARD', 'AAL3_CIS2_SMARTCARD'],
  ...['urn:mace:incommon:iap:silver', 'aal3_any', '', 'AAL3', 'constructor'],
]
const wishes = [...content.keys(), ...never]

export const acrChecks: Checks<Acr> = {
  'is the most specific class when none was asked for': ({ acrFor }) => {
    for (const acr of given) assert.equal(acrFor([], acr), acr)
  },

  'is the first wish that came true': ({ acrFor }) => {
    assert.equal(acrFor(['AAL2_OR_AAL3_ANY'], 'AAL2_ANY'), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL3_ANY', 'AAL2_OR_AAL3_ANY'], 'AAL2_ANY'), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL2_OR_AAL3_ANY', 'AAL3_ANY'], 'AAL3_FIDO2'), 'AAL2_OR_AAL3_ANY')
    assert.equal(acrFor(['AAL3_IOS', 'AAL3_ANY'], 'AAL3_FIDO2'), 'AAL3_ANY')
    assert.equal(
      acrFor(['AAL2_ANY'], 'AAL3_IOS'),
      'AAL2_ANY',
      'who asked for a standard check is content with a strong one',
    )
  },

  'says what is true when no wish came true': ({ acrFor }) => {
    assert.equal(acrFor(['AAL3_ANY'], 'AAL2_ANY'), 'AAL2_ANY')
    assert.equal(acrFor(['AAL3_IOS'], 'AAL3_FIDO2'), 'AAL3_FIDO2')
    assert.equal(acrFor(never, 'AAL3_IOS'), 'AAL3_IOS')
  },

  'is content with what is as asked or stronger, and never with a method that we do not have': ({ satisfies }) => {
    for (const requested of wishes)
      for (const acr of given)
        assert.equal(satisfies(requested, acr), content.get(requested)?.includes(acr) ?? false, `${requested}: ${acr}`)
    for (const requested of ['AAL3_ANY', 'AAL2_OR_AAL3_ANY', 'AAL2_ANY', 'AAL1_ANY'])
      assert.ok(satisfies(requested, 'AAL3_ANY'), `${requested}: a strong check of no named method`)
    for (const requested of ['AAL3_FIDO2', 'AAL3_IOS']) assert.ok(!satisfies(requested, 'AAL3_ANY'), requested)
  },

  'is true, and is one of the wishes wherever one of them is true, whatever is wished in whatever order': ({
    acrFor,
    satisfies,
  }) =>
    fc.assert(
      fc.property(fc.shuffledSubarray(wishes), fc.constantFrom(...given), (requested, acr) => {
        const said = acrFor(requested, acr)
        const cameTrue = requested.filter((each) => content.get(each)?.includes(acr))
        assert.equal(said, cameTrue[0] ?? acr)
        assert.ok(satisfies(said, acr))
      }),
      { numRuns: 1_000 },
    ),

  'offers in discovery what can come true, the strong checks first': ({ acrValues, satisfies }) => {
    assert.deepEqual([...acrValues], ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY', 'AAL2_OR_AAL3_ANY', 'AAL2_ANY'])
    for (const value of acrValues)
      assert.ok(
        given.some((acr) => satisfies(value, acr)),
        value,
      )
  },
}
