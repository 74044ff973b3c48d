import fc from 'fast-check'
import type { Binding, Evidence, Level, Trust, TrustedFacts } from './evidence.ts'

/** A key whose maker FIDO metadata confirmed. */
export const metadataFacts: TrustedFacts = {
  keyProtection: 'hardware',
  methods: ['passcode_external', 'fingerprint_internal'],
  smartcard: false,
  certification: 'L1',
  statuses: ['FIDO_CERTIFIED_L1'],
  platform: null,
}

/** Evidence at which nothing is weak. */
export const best: Evidence = {
  userPresent: true,
  userVerified: true,
  backupEligible: false,
  backupState: false,
  trust: { by: 'metadata', facts: metadataFacts },
  binding: { by: 'in-person', level: 3 },
  kind: 'security-key',
}

/** Trust by metadata, with some facts of its own. */
export const byMetadata = (facts: Partial<TrustedFacts> = {}): Trust => ({
  by: 'metadata',
  facts: { ...metadataFacts, ...facts },
})

/** One place in the order of a field: what it is, and the highest level that evidence with it can have. */
export interface Rank {
  says: string
  most: Level
}

/**
 * The documented order of each field, the weakest first; docs/assurance.md shows it. A field that is not here, such as
 * the kind or the methods, has no say in the level at all.
 */
export const orders = {
  userPresent: [
    { says: 'nobody was there', most: 1 },
    { says: 'somebody touched it', most: 3 },
  ],
  userVerified: [
    { says: 'the device did not check who it was', most: 1 },
    { says: 'the device checked who it was', most: 3 },
  ],
  backupState: [
    { says: 'the passkey was copied', most: 2 },
    { says: 'the passkey was not copied', most: 3 },
  ],
  backupEligible: [
    { says: 'the passkey can be copied', most: 2 },
    { says: 'the passkey is bound to its device', most: 3 },
  ],
  trust: [
    { says: 'no attestation', most: 2 },
    { says: 'signed by the key itself', most: 2 },
    { says: 'signed by a certificate that we do not trust', most: 2 },
    { says: 'trusted, but the model was found unsafe', most: 2 },
    { says: 'trusted, and the keys are in software', most: 2 },
    { says: 'trusted, and nothing is said of where the keys are', most: 2 },
    { says: 'trusted, and the keys are in hardware', most: 3 },
  ],
  binding: [
    { says: 'bound by an act worth level 1', most: 1 },
    { says: 'bound by an act worth level 2', most: 2 },
    { says: 'bound by an act worth level 3', most: 3 },
  ],
} as const satisfies Record<string, readonly Rank[]>

export type Field = keyof typeof orders
export const fields = Object.keys(orders) as Field[]

const unsafe = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
])
const protections = ['software', 'unknown', 'hardware']

const rankOfTrust = ({ by, facts }: Trust): number => {
  if (!facts) return ['none', 'self', 'untrusted'].indexOf(by)
  return facts.statuses.some((each) => unsafe.has(each)) ? 3 : 4 + protections.indexOf(facts.keyProtection)
}

/** Where evidence stands in the order of each field. */
const ranksOf = (evidence: Evidence): Record<Field, number> => ({
  userPresent: Number(evidence.userPresent),
  userVerified: Number(evidence.userVerified),
  backupState: Number(!evidence.backupState),
  backupEligible: Number(!evidence.backupEligible),
  trust: rankOfTrust(evidence.trust),
  binding: evidence.binding.level - 1,
})

/** The highest level that a field leaves to evidence. */
export const mostBy = (field: Field, evidence: Evidence): Level => {
  const rank: Rank | undefined = orders[field][ranksOf(evidence)[field]]
  if (!rank) throw new Error(`${field} is outside its order`)
  return rank.most
}

const aKind = fc.constantFrom<Evidence['kind']>('phone', 'tablet', 'computer', 'security-key', 'smartcard', 'passkey')
const methods = ['passcode_internal', 'passcode_external', 'fingerprint_internal', 'faceprint_internal', 'none', 'all']
const harmless = ['FIDO_CERTIFIED', 'FIDO_CERTIFIED_L1', 'NOT_FIDO_CERTIFIED', 'UPDATE_AVAILABLE']

export const someFacts: fc.Arbitrary<TrustedFacts> = fc.record({
  keyProtection: fc.constantFrom('software', 'unknown', 'hardware', 'hardware', 'hardware'),
  methods: fc.subarray(methods),
  smartcard: fc.boolean(),
  certification: fc.constantFrom(null, 'L1', 'L2', 'L3plus'),
  statuses: fc.oneof(
    { weight: 3, arbitrary: fc.subarray(harmless) },
    { weight: 1, arbitrary: fc.subarray([...unsafe, ...harmless]) },
  ),
  platform: fc.constantFrom(null, 'ios'),
})

export const someTrust: fc.Arbitrary<Trust> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom<Trust['by']>('none', 'self', 'untrusted').map((by) => ({ by, facts: null }) as Trust),
  },
  {
    weight: 3,
    arbitrary: fc.record({ by: fc.constantFrom('organisation', 'metadata'), facts: someFacts }) as fc.Arbitrary<Trust>,
  },
)

const someBinding: fc.Arbitrary<Binding> = fc.record({
  by: fc.constantFrom('in-person', 'video', 'link', 'session', 'command'),
  level: fc.constantFrom(1, 2, 3, 3),
})

const mostly = (value: boolean) => fc.constantFrom(value, value, value, !value)

/** Evidence of all sorts, with a bias to the good, where one weak point makes the difference. */
export const someEvidence: fc.Arbitrary<Evidence> = fc.record({
  userPresent: mostly(true),
  userVerified: mostly(true),
  backupState: mostly(false),
  backupEligible: mostly(false),
  trust: someTrust,
  binding: someBinding,
  kind: aKind,
})

/** Evidence made of two: in each field the weaker, and in each the stronger. */
export const weakerAndStronger = (one: Evidence, other: Evidence): [Evidence, Evidence] => {
  const [a, b] = [ranksOf(one), ranksOf(other)]
  const take = (field: Field, weaker: boolean) =>
    (weaker ? a[field] <= b[field] : a[field] > b[field]) ? one[field] : other[field]
  const made = (weaker: boolean, { kind }: Evidence) =>
    ({ kind, ...Object.fromEntries(fields.map((field) => [field, take(field, weaker)])) }) as unknown as Evidence
  return [made(true, one), made(false, other)]
}
