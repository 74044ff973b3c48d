import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { acrChecks } from './acr.testing.ts'
import { failing, type Mutant, type Mutated, withMutant } from './mutants.testing.ts'
import { policyBranches } from './policy.testing.ts'
import { policyProperties } from './policy-order.testing.ts'
import { branches, type Checks } from './rules.testing.ts'
import { properties } from './rules-order.testing.ts'

const inRules = (from: string, to: string): Mutant => ({ file: 'rules.ts', from, to })
const inPolicy = (from: string, to: string): Mutant => ({ file: 'policy.ts', from, to })
const inAcr = (from: string, to: string): Mutant => ({ file: 'acr.ts', from, to })
const inStatuses = (from: string, to: string): Mutant => ({ file: 'statuses.ts', from, to })

/** Mistakes by which weaker evidence would climb: the documented order alone finds each of them. */
const climbing: Mutant[] = [
  inRules('!userPresent && {', 'false && {'),
  inRules('!userVerified && { most: 1', 'false && { most: 1'),
  inRules('!userVerified && { most: 1', '!userVerified && { most: 2'),
  inRules('!userVerified && {', '!userVerified && !userPresent && {'),
  inRules('backup.backupState && { most: 2', 'backup.backupState && { most: 3'),
  inRules('backup.backupEligible && { most: 2', 'false && { most: 2'),
  inRules('backup.backupEligible && {', 'backup.backupEligible && !facts && {'),
  inRules('backup.backupEligible && {', '!backup.backupEligible && {'),
  inRules('!facts && { most: 2', '!trust && { most: 2'),
  inRules('!facts && { most: 2', "trust.by === 'none' && { most: 2"),
  inRules("facts?.keyProtection === 'software' && {", 'false && {'),
  inRules("facts?.keyProtection === 'unknown' && {", "facts?.keyProtection === 'software' && {"),
  inRules('binding.level < 3 && {', 'binding.level < 2 && {'),
  inRules('most: binding.level,', 'most: 2,'),
  inRules('binding.level < 3 && {', "binding.by === 'link' && {"),
  inRules('facts && !isUnsafe(facts.statuses) ? facts', 'facts ? facts'),
  inRules('a.most - b.most', 'b.most - a.most'),
  inRules('weakest && weakest.most < 3', 'weakest && weakest.most < 2'),
  inStatuses('statuses.some', 'statuses.every'),
]

/** Mistakes in what is said of a check: its class, methods and reasons, or the time that metadata is good for. */
const untrue: Mutant[] = [
  inRules("trust.by === 'metadata' && !metadataIsCurrent", "trust.by === 'metadata' && metadataIsCurrent"),
  inRules("trust.by === 'metadata' && !metadataIsCurrent", '!metadataIsCurrent'),
  inRules("if (!facts || trust.by !== 'metadata') return []", 'if (!facts) return []'),
  inRules("if (!facts || trust.by !== 'metadata') return undefined", 'if (!facts) return undefined'),
  inRules(' && !backupEligible && !backupState', ' && !backupEligible'),
  inRules(' && !backupEligible && !backupState', ' && !backupState'),
  inRules("facts.keyProtection === 'software' ? ['swk']", "facts.keyProtection !== 'hardware' ? ['swk']"),
  inRules("facts.smartcard ? ['sc']", "facts.smartcard ? ['sc', 'pin']"),
  inRules('another === undefined && method', 'method'),
  inRules('new Set(facts.methods)', 'facts.methods'),
  inRules("['faceprint_internal', 'face']", "['faceprint_internal', 'fpt']"),
  inRules('evidence.userVerified ? methodOf(evidence.trust) : undefined', 'methodOf(evidence.trust)'),
  inRules("...(evidence.userPresent ? ['user'] : [])", "'user'"),
  inRules("...(evidence.userVerified ? ['mfa'] : [])", "...(evidence.userPresent ? ['mfa'] : [])"),
  inRules("platform === 'ios' ? 'AAL3_IOS' : 'AAL3_FIDO2'", "platform === 'ios' ? 'AAL3_FIDO2' : 'AAL3_IOS'"),
  inRules("weakest.most === 2 ? 'AAL2_ANY'", "weakest.most === 2 ? 'AAL3_ANY'"),
  inRules("session: 'you added it after a lower check'", "session: 'it was set up for you after a lower check'"),
  inRules('reasons: [weakest.reason]', 'reasons: points.map(({ reason }) => reason)'),
  inRules('stored === 3 ? 3', 'stored >= 3 ? 3'),
  inStatuses("  'REVOKED',\n", ''),
  inStatuses("  'USER_KEY_PHYSICAL_COMPROMISE',\n", ''),
  inAcr("['AAL3_ANY', ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY']]", "['AAL3_ANY', ['AAL3_FIDO2', 'AAL3_ANY']]"),
  inAcr("['AAL3_FIDO2', ['AAL3_FIDO2']]", "['AAL3_FIDO2', ['AAL3_FIDO2', 'AAL3_IOS']]"),
  inAcr("['AAL3_IOS', ['AAL3_IOS']]", "['AAL3_IOS', ['AAL3_IOS', 'AAL3_ANY']]"),
  inAcr('?.includes(acr) ?? false', "?.includes(acr) ?? requested.startsWith('AAL2')"),
  inAcr('requested.find(', '[...requested].reverse().find('),
  inAcr('?? acr', "?? 'AAL2_ANY'"),
]

/** Mistakes by which a policy would permit more than it says: the order of policies alone finds each of them. */
const lenient: Mutant[] = [
  inPolicy('rest.every((list)', 'rest.some((list)'),
  inPolicy(
    'first && sorted([...first].filter((each) => rest.every((list) => list.has(each))))',
    'first && sorted(first)',
  ),
  inPolicy('sorted(present(lists).flat())', 'sorted(present(lists)[0] ?? [])'),
  inPolicy('toSorted((a, b) => b - a)', 'toSorted((a, b) => a - b)'),
  inPolicy(
    'lowest = (numbers: readonly Given<number>[]) => present(numbers).toSorted((a, b) => a - b)',
    'lowest = (numbers: readonly Given<number>[]) => present(numbers).toSorted((a, b) => b - a)',
  ),
  inPolicy('rankOf(b) - rankOf(a)', 'rankOf(a) - rankOf(b)'),
  inPolicy('words.includes(word) ?', 'words.at(-1) === word ?'),
  inPolicy('isUnsafe(modelStatuses)', 'false'),
  inPolicy(
    "trust.by === 'metadata' && certification ? rankOf(certification) : -1",
    '-1 - (certification ? rankOf(certification) : -1)',
  ),
  inPolicy('level < minimumAssuranceLevel,', 'level > minimumAssuranceLevel,'),
  inPolicy('identityLevel < minimumIdentityLevel,', 'minimumIdentityLevel < identityLevel,'),
  inPolicy("synced === 'refused' && subject.backupEligible", "synced === 'refused' && !subject.backupEligible"),
  inPolicy('!subject.trust.facts,', 'Boolean(subject.trust.facts),'),
]

/** Mistakes in what one demand asks. */
const mistaken: Mutant[] = [
  inPolicy("synced === 'refused' && subject.backupEligible", 'synced !== undefined && subject.backupEligible'),
  inPolicy(
    "attestation === 'required' && !subject.trust.facts",
    "attestation === 'required' && subject.trust.by === 'none'",
  ),
  inPolicy('denyAaguids.includes(aaguid) ||', ''),
  inPolicy('(allowAaguids !== undefined && !allowAaguids', '(allowAaguids?.length && !allowAaguids'),
  inPolicy("trust.by === 'metadata' && certification ?", 'certification ?'),
  inPolicy("trust.by === 'metadata' && certification ?", 'trust.facts && certification ?'),
  inPolicy('certified < rankOf(minimumCertification)', 'certified <= rankOf(minimumCertification)'),
  inPolicy('prohibitedStatuses.some(', 'prohibitedStatuses.every('),
  inPolicy('subject.unusedDays > maximumUnusedDays', 'subject.unusedDays >= maximumUnusedDays'),
  inPolicy('level < minimumAssuranceLevel,', 'level <= minimumAssuranceLevel - 2,'),
  inPolicy('identityLevel < minimumIdentityLevel,', 'level < minimumIdentityLevel,'),
  inPolicy(
    'kinds !== undefined && !kinds.includes(subject.kind)',
    'kinds !== undefined && kinds.includes(subject.kind)',
  ),
  inPolicy(
    "ifAny('suspend', all('copiedKey')) ?? ifAny('refuse', all('copiedKey'))",
    "ifAny('refuse', all('copiedKey')) ?? ifAny('suspend', all('copiedKey'))",
  ),
  inPolicy('filter(([failed]) => failed)', 'filter(([failed], n) => failed && n < 5)'),
]

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

const noneSurvives = (title: string, mutants: readonly Mutant[], checks: Checks<Mutated>) =>
  describe(title, () => {
    for (const mutant of mutants)
      it(`fails on ${mutant.file} with "${flat(mutant.to)}" for "${flat(mutant.from)}"`, () =>
        withMutant(mutant, (rules) => assert.notDeepEqual(failing(checks, rules), [], 'the mutant survived')))
  })

noneSurvives('the order of evidence', climbing, properties)
noneSurvives('the branches of the rules', untrue, { ...branches, ...acrChecks })
noneSurvives('the order of policies', lenient, policyProperties)
noneSurvives('the branches of policies', mistaken, policyBranches)

describe('the rules as they are', () => {
  it('pass every one of these checks, loaded in the same way', () =>
    withMutant({ file: 'rules.ts', from: 'const youUsed', to: 'const youUsed' }, (rules) =>
      assert.deepEqual(
        failing(
          { ...properties, ...branches, ...acrChecks, ...policyProperties, ...policyBranches } as Checks<Mutated>,
          rules,
        ),
        [],
      ),
    ))
})
