import assert from 'node:assert/strict'
import { type AuthenticatorPolicy, type CertificationLevel, certificationLevels } from '@fobwatch/contracts'
import fc from 'fast-check'
import { someTrust } from './evidence.testing.ts'
import type { Level, Trust } from './evidence.ts'
import { kinds, models, type Policies, unsafe } from './policy.testing.ts'
import type { PolicySubject } from './policy.ts'
import type { Checks } from './rules.testing.ts'

const notices = ['UPDATE_AVAILABLE', 'NOT_FIDO_CERTIFIED', 'SELF_ASSERTION_SUBMITTED']

const demands = {
  kinds: fc.subarray(kinds, { minLength: 2 }),
  synced: fc.constantFrom('allowed', 'refused'),
  attestation: fc.constantFrom('optional', 'required'),
  allowAaguids: fc.subarray(models, { minLength: 1 }),
  denyAaguids: fc.subarray(models, { maxLength: 2 }),
  minimumCertification: fc.constantFrom(...certificationLevels),
  prohibitedStatuses: fc.subarray(notices),
  maximumUnusedDays: fc.integer({ min: 1, max: 100 }),
  minimumAssuranceLevel: fc.integer({ min: 1, max: 3 }),
  minimumIdentityLevel: fc.integer({ min: 1, max: 3 }),
  copiedKey: fc.constantFrom('suspend', 'refuse'),
}
type Demand = keyof typeof demands
const somePolicy = fc
  .tuple(fc.subarray(Object.keys(demands) as Demand[], { maxLength: 4 }), fc.record(demands))
  .map(([chosen, all]) => Object.fromEntries(chosen.map((demand) => [demand, all[demand]])) as AuthenticatorPolicy)

/** Several policies: about anything, or each with its own answer to one and the same demand, where combining is put to it. */
const somePolicies = fc.oneof(
  fc.array(somePolicy, { maxLength: 3 }),
  fc
    .constantFrom(...(Object.keys(demands) as Demand[]))
    .chain((demand) => fc.array(fc.record({ [demand]: demands[demand] }), { minLength: 2, maxLength: 3 }))
    .map((several) => several as AuthenticatorPolicy[]),
)

const someSubject: fc.Arbitrary<PolicySubject> = fc.record({
  kind: fc.constantFrom(...kinds),
  aaguid: fc.constantFrom(...models),
  backupEligible: fc.boolean(),
  trust: someTrust,
  modelStatuses: fc.oneof(
    { weight: 5, arbitrary: fc.subarray(notices) },
    { weight: 1, arbitrary: fc.subarray([...notices, ...unsafe]) },
  ),
  certification: fc.constantFrom(null, ...certificationLevels),
  level: fc.constantFrom<Level>(1, 2, 3),
  identityLevel: fc.integer({ min: 1, max: 3 }),
  unusedDays: fc.integer({ min: 0, max: 120 }),
})

const permits = ({ judgePolicy }: Policies, policy: AuthenticatorPolicy, who: PolicySubject) =>
  judgePolicy(policy, who).kind === 'permitted'

const order = <T>(list: readonly T[], value: T) => list.indexOf(value)
/** The documented order of each field of a subject: a larger number is weaker. */
const weaknessOf: { [F in Exclude<keyof PolicySubject, 'kind' | 'aaguid'>]: (value: PolicySubject[F]) => number } = {
  backupEligible: Number,
  trust: ({ by }) => -order<Trust['by']>(['organisation', 'metadata'], by),
  modelStatuses: (statuses) => statuses.length,
  certification: (level) => -order<CertificationLevel | null>([null, ...certificationLevels], level),
  level: (level) => -level,
  identityLevel: (level) => -level,
  unusedDays: (days) => days,
}
/** Two subjects of one kind and model, the one in no field stronger than the other. */
const weakerAndStronger = (one: PolicySubject, other: PolicySubject): [PolicySubject, PolicySubject] => {
  const [weaker, stronger] = [{ ...one }, { ...one }]
  const share = <F extends keyof typeof weaknessOf>(field: F) => {
    const isWeaker = weaknessOf[field](one[field]) >= weaknessOf[field](other[field])
    Object.assign(weaker, { [field]: isWeaker ? one[field] : other[field] })
    Object.assign(stronger, { [field]: isWeaker ? other[field] : one[field] })
  }
  for (const field of Object.keys(weaknessOf) as (keyof typeof weaknessOf)[]) share(field)
  // Statuses are weaker only where they say all that the other says and more.
  return [{ ...weaker, modelStatuses: [...one.modelStatuses, ...other.modelStatuses] }, stronger]
}

export const policyProperties: Checks<Policies> = {
  'several policies together permit what each of them permits, and nothing else': (policies) =>
    fc.assert(
      fc.property(somePolicies, someSubject, (several, who) => {
        const together = permits(policies, policies.combine(several), who)
        const each = permits(policies, {}, who) && several.every((policy) => permits(policies, policy, who))
        assert.equal(together, each)
      }),
      { numRuns: 4_000 },
    ),

  'a demand added never permits more': (policies) =>
    fc.assert(
      fc.property(somePolicy, somePolicy, someSubject, (policy, more, who) => {
        const stricter = policies.combine([policy, more])
        assert.ok(permits(policies, policy, who) || !permits(policies, stricter, who))
      }),
      { numRuns: 2_000 },
    ),

  'a weaker subject is never permitted where a stronger one is refused': (policies) =>
    fc.assert(
      fc.property(somePolicy, someSubject, someSubject, (policy, one, other) => {
        const [weaker, stronger] = weakerAndStronger(one, other)
        assert.ok(permits(policies, policy, stronger) || !permits(policies, policy, weaker))
      }),
      { numRuns: 4_000 },
    ),

  'combining comes out the same in any order, in any grouping, and however often': ({ combine }) =>
    fc.assert(
      fc.property(somePolicy, somePolicy, somePolicy, (a, b, c) => {
        assert.deepEqual(combine([a, b]), combine([b, a]))
        assert.deepEqual(combine([combine([a, b]), c]), combine([a, combine([b, c])]))
        assert.deepEqual(combine([a, a]), combine([a]))
        assert.deepEqual(combine([combine([a])]), combine([a]))
        assert.deepEqual(combine([a, {}]), combine([a]))
      }),
      { numRuns: 1_000 },
    ),

  'a model that was found unsafe is refused under every policy': (policies) =>
    fc.assert(
      fc.property(somePolicy, someSubject, fc.constantFrom(...unsafe), (policy, who, status) => {
        assert.ok(!permits(policies, policy, { ...who, modelStatuses: [...who.modelStatuses, status] }))
      }),
      { numRuns: 500 },
    ),

  'every reason is a sentence': ({ judgePolicy }) =>
    fc.assert(
      fc.property(somePolicy, someSubject, (policy, who) => {
        const verdict = judgePolicy(policy, who)
        if (verdict.kind === 'permitted') return
        assert.ok(verdict.reasons.length > 0)
        for (const reason of verdict.reasons) assert.match(reason, /^[A-Z][^_]+\.$/)
      }),
      { numRuns: 500 },
    ),
}
