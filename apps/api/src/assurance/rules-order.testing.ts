import assert from 'node:assert/strict'
import fc from 'fast-check'
import { fields, mostBy, someEvidence, someFacts, weakerAndStronger } from './evidence.testing.ts'
import type { Checks, Rules } from './rules.testing.ts'

/** That weaker evidence never gets a higher level, in each field and in all together. */
export const properties: Checks<Pick<Rules, 'assess'>> = {
  'no field leaves more than its place in its order allows, whatever the others say': ({ assess }) =>
    fc.assert(
      fc.property(someEvidence, (evidence) =>
        fields.every((field) => assess(evidence).level <= mostBy(field, evidence)),
      ),
      { numRuns: 2_000 },
    ),

  'evidence that is weaker, in one field or in several, never gets a higher level': ({ assess }) =>
    fc.assert(
      fc.property(someEvidence, someEvidence, (one, other) => {
        const [weaker, stronger] = weakerAndStronger(one, other)
        return assess(weaker).level <= assess(stronger).level
      }),
      { numRuns: 2_000 },
    ),

  'nothing else lowers a level: the weakest field decides, and the kind and the rest of the facts have no say': ({
    assess,
  }) =>
    fc.assert(
      fc.property(someEvidence, (evidence) => {
        assert.equal(assess(evidence).level, Math.min(...fields.map((field) => mostBy(field, evidence))))
      }),
      { numRuns: 2_000 },
    ),

  'class and reasons fit the level, and every reason reads on after "because"': ({ assess }) =>
    fc.assert(
      fc.property(someEvidence, (evidence) => {
        const { level, acr, reasons } = assess(evidence)
        assert.ok(acr.startsWith(`AAL${level}_`), acr)
        assert.equal(reasons.length, level === 3 ? 3 : 1)
        for (const reason of reasons) assert.match(reason, /^[a-z][^.]+$/)
      }),
      { numRuns: 1_000 },
    ),

  'no method is a guess: beyond what was proved, methods come from metadata only, and a key that can leave is not in hardware':
    ({ assess }) =>
      fc.assert(
        fc.property(someEvidence, someFacts, (evidence, facts) => {
          const { amr } = assess(evidence)
          assert.ok(amr.includes('pop'))
          assert.equal(amr.includes('user'), evidence.userPresent)
          assert.equal(amr.includes('mfa'), evidence.userVerified)
          const told = amr.filter((each) => !['pop', 'user', 'mfa'].includes(each))
          if (evidence.trust.by !== 'metadata') assert.deepEqual(told, [])
          if (evidence.backupEligible || evidence.backupState) assert.ok(!amr.includes('hwk'))
          if (!evidence.userVerified) assert.ok(!amr.some((each) => ['pin', 'fpt', 'face'].includes(each)))
          const several = { ...evidence, trust: { by: 'metadata' as const, facts: { ...facts, methods: ['all'] } } }
          assert.ok(!assess(several).amr.some((each) => ['pin', 'fpt', 'face'].includes(each)))
        }),
        { numRuns: 1_000 },
      ),
}
