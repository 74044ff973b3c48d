import {
  type AuthenticatorKind,
  type AuthenticatorPolicy,
  type CertificationLevel,
  certificationLevels,
} from '@fobwatch/contracts'
import type { Level, Trust } from './evidence.ts'
import { isUnsafe } from './statuses.ts'

/** All that a policy may ask about: an authenticator, and whoever holds it. */
export interface PolicySubject {
  kind: AuthenticatorKind
  /** A claim of the authenticator's, unless its maker is confirmed. */
  aaguid: string
  backupEligible: boolean
  /** As it counts now. */
  trust: Trust
  /** Of its model, as the newest metadata has them. */
  modelStatuses: readonly string[]
  /** Of its model. */
  certification: CertificationLevel | null
  level: Level
  identityLevel: number
  /** Whole days since it was last used, or else set up. */
  unusedDays: number
}

/** What a policy says of an authenticator. Reasons are whole sentences for its person. */
export type PolicyVerdict = { kind: 'permitted' } | { kind: 'refused'; reasons: string[] }

type Given<T> = T | undefined
const present = <T>(values: readonly Given<T>[]): T[] => values.filter((each) => each !== undefined)
const sorted = <T extends string>(list: Iterable<T>): T[] => [...new Set(list)].toSorted()

/** Allowed by all, which may be nothing; undefined where nobody named any. */
const allowedByAll = <T extends string>(lists: readonly Given<T[]>[]): T[] | undefined => {
  const [first, ...rest] = present(lists).map((list) => new Set(list))
  return first && sorted([...first].filter((each) => rest.every((list) => list.has(each))))
}

const forbiddenByAny = <T extends string>(lists: readonly Given<T[]>[]): T[] | undefined =>
  present(lists).length > 0 ? sorted(present(lists).flat()) : undefined

const highest = (numbers: readonly Given<number>[]) => present(numbers).toSorted((a, b) => b - a)[0]
const lowest = (numbers: readonly Given<number>[]) => present(numbers).toSorted((a, b) => a - b)[0]
const rankOf = (level: CertificationLevel) => certificationLevels.indexOf(level)
const highestCertification = (levels: readonly Given<CertificationLevel>[]) =>
  present(levels).toSorted((a, b) => rankOf(b) - rankOf(a))[0]

/** The stricter word where anybody said it; the other demands nothing, and is left out. */
const ifAny = <T extends string>(word: T, words: readonly Given<string>[]): T | undefined =>
  words.includes(word) ? word : undefined

/**
 * Makes one policy of all that apply: the strictest of each demand. A list of what is allowed becomes what all allow, one
 * of what is forbidden what any forbids.
 * @returns a policy that permits what every one of them permits, and nothing else; demands of nothing are left out
 */
export const combine = (policies: readonly AuthenticatorPolicy[]): AuthenticatorPolicy => {
  const all = <K extends keyof AuthenticatorPolicy>(demand: K) => policies.map((policy) => policy[demand])
  const demands = {
    kinds: allowedByAll(all('kinds')),
    synced: ifAny('refused', all('synced')),
    attestation: ifAny('required', all('attestation')),
    allowAaguids: allowedByAll(all('allowAaguids')),
    denyAaguids: forbiddenByAny(all('denyAaguids')),
    minimumCertification: highestCertification(all('minimumCertification')),
    prohibitedStatuses: forbiddenByAny(all('prohibitedStatuses')),
    maximumUnusedDays: lowest(all('maximumUnusedDays')),
    minimumAssuranceLevel: highest(all('minimumAssuranceLevel')),
    minimumIdentityLevel: highest(all('minimumIdentityLevel')),
    // Pausing the key is more than refusing it this once.
    copiedKey: ifAny('suspend', all('copiedKey')) ?? ifAny('refuse', all('copiedKey')),
  }
  return Object.fromEntries(Object.entries(demands).filter(([, demand]) => demand !== undefined))
}

const checkOf: Record<Level, string> = { 1: 'a weaker check', 2: 'a standard check', 3: 'a strong check' }
const ofKind: Record<AuthenticatorKind, string> = {
  phone: 'a phone',
  tablet: 'a tablet',
  computer: 'a computer',
  'security-key': 'a security key',
  smartcard: 'a smartcard',
  passkey: 'a passkey in an app',
}

const kindsReason = (kinds: readonly AuthenticatorKind[]): string =>
  kinds.length === 0
    ? 'The rules here do not agree on any kind of device. Tell the desk.'
    : `The rules here ask for ${kinds.map((kind) => ofKind[kind]).join(' or ')}.`

const askedLevel = (level: number): string => checkOf[level === 3 ? 3 : level === 2 ? 2 : 1]

/** A demand and whether it is not met. */
type Failure = readonly [failed: boolean, reason: string]

const ofModel = (policy: AuthenticatorPolicy, subject: PolicySubject): Failure[] => {
  const { allowAaguids, denyAaguids = [], minimumCertification, prohibitedStatuses = [] } = policy
  const { aaguid, trust, modelStatuses, certification } = subject
  const denied = denyAaguids.includes(aaguid) || (allowAaguids !== undefined && !allowAaguids.includes(aaguid))
  // Whoever claims to be of a certified model without proof has shown nothing. An organisation's anchor proves no model.
  const certified = trust.by === 'metadata' && certification ? rankOf(certification) : -1
  return [
    [isUnsafe(modelStatuses), 'This model of device was found to be unsafe. Nobody can log in with it.'],
    [denied, 'The rules here do not allow this model of device.'],
    [
      minimumCertification !== undefined && certified < rankOf(minimumCertification),
      `The rules here ask for a device that is certified at level ${minimumCertification} or higher.`,
    ],
    [
      prohibitedStatuses.some((status) => modelStatuses.includes(status)),
      'The rules here do not allow this model of device, because of a notice about it.',
    ],
  ]
}

const ofAuthenticator = (policy: AuthenticatorPolicy, subject: PolicySubject): Failure[] => {
  const { kinds, synced, attestation, maximumUnusedDays } = policy
  return [
    [kinds !== undefined && !kinds.includes(subject.kind), kindsReason(kinds ?? [])],
    [
      synced === 'refused' && subject.backupEligible,
      'The rules here ask for a device that cannot copy its passkey to other devices.',
    ],
    [attestation === 'required' && !subject.trust.facts, 'The rules here ask for a device whose maker we can confirm.'],
    [
      maximumUnusedDays !== undefined && subject.unusedDays > maximumUnusedDays,
      `This device has not been used for more than ${maximumUnusedDays} days.`,
    ],
  ]
}

const ofLevels = (policy: AuthenticatorPolicy, { level, identityLevel }: PolicySubject): Failure[] => {
  const { minimumAssuranceLevel = 1, minimumIdentityLevel = 1 } = policy
  return [
    [
      level < minimumAssuranceLevel,
      `The rules here ask for ${askedLevel(minimumAssuranceLevel)}. This device gives ${checkOf[level]}.`,
    ],
    [
      identityLevel < minimumIdentityLevel,
      'The rules here ask for more proof of who you are. The desk can help you with that.',
    ],
  ]
}

/**
 * Whether a policy permits an authenticator. A model that was found unsafe is refused whatever the policy says.
 * @param policy one, or what `combine` made of several
 * @returns every reason, the model's first
 */
export const judgePolicy = (policy: AuthenticatorPolicy, subject: PolicySubject): PolicyVerdict => {
  const failures = [...ofModel(policy, subject), ...ofAuthenticator(policy, subject), ...ofLevels(policy, subject)]
  const reasons = failures.filter(([failed]) => failed).map(([, reason]) => reason)
  return reasons.length === 0 ? { kind: 'permitted' } : { kind: 'refused', reasons }
}
