import type { AuthenticatorKind } from '@fobwatch/contracts'
import type { Binding, Evidence, Level, Trust, TrustedFacts, Verdict } from './evidence.ts'
import { isUnsafe } from './statuses.ts'

/** A level as it is stored, which is one of three. */
export const toLevel = (stored: number): Level => (stored === 3 ? 3 : stored === 2 ? 2 : 1)

/** What people call it when it is in front of them. */
const called: Record<AuthenticatorKind, string> = {
  phone: 'this phone',
  tablet: 'this tablet',
  computer: 'this computer',
  'security-key': 'this key',
  smartcard: 'this smartcard',
  passkey: 'its app',
}

/**
 * What counts of a trust at this moment. What FIDO metadata said counts only while the metadata is current, since a model
 * that went bad since would not be known.
 */
export const trustNow = (trust: Trust, metadataIsCurrent: boolean): Trust =>
  trust.by === 'metadata' && !metadataIsCurrent ? { by: 'untrusted', facts: null } : trust

/** What the maker says, as far as it may be believed: of a model that was found unsafe, nothing. */
const believed = ({ facts }: Trust): TrustedFacts | null => (facts && !isUnsafe(facts.statuses) ? facts : null)

/** A point at which evidence is weak: the highest level that it leaves, and what people are told. */
interface WeakPoint {
  most: Level
  reason: string
}

/** Why a binding leaves no more than it does. */
const bindingReason: Record<Binding['by'], string> = {
  session: 'you added it after a lower check',
  link: 'it was set up by a link that anybody may have opened',
  command: 'it was set up by a link that anybody may have opened',
  'in-person': 'it was set up for you after a lower check',
  video: 'it was set up for you after a lower check',
}

/**
 * Every weak point of some evidence, in the order in which people are told: who used it, then the passkey, its maker, and
 * last how it came to them.
 */
const weakPoints = ({ userPresent, userVerified, trust, binding, kind, ...backup }: Evidence): WeakPoint[] => {
  const facts = believed(trust)
  const points: (WeakPoint | false)[] = [
    // NIST SP 800-63B-4 §3.2.8, authentication intent; then one factor is not two, §2.2.1.
    !userPresent && { most: 1, reason: 'nobody touched it' },
    !userVerified && { most: 1, reason: 'it did not check your fingerprint, face or PIN' },
    // §2.3.2 and appendix B: what can be copied is no AAL3, whoever made it.
    backup.backupState && { most: 2, reason: `${called[kind]} has copied its passkey elsewhere` },
    backup.backupEligible && { most: 2, reason: `${called[kind]} can copy its passkey to your other devices` },
    !facts && { most: 2, reason: 'we could not confirm the maker' },
    facts?.keyProtection === 'software' && {
      most: 2,
      reason: 'its maker says that it does not keep the key in hardware',
    },
    facts?.keyProtection === 'unknown' && {
      most: 2,
      reason: 'its maker does not say that it keeps the key in hardware',
    },
    // §4.1: an authenticator is worth no more than the act that bound it.
    binding.level < 3 && { most: binding.level, reason: bindingReason[binding.by] },
  ]
  return points.filter((each) => each !== false)
}

/** How the device checked its user, where the maker allows it one way only (FIDO Registry of Predefined Values §3.1). */
const methodOf = (trust: Trust): 'pin' | 'fpt' | 'face' | undefined => {
  const facts = believed(trust)
  // An organisation's anchor says who the maker is, and no more.
  if (!facts || trust.by !== 'metadata') return undefined
  const [method, another] = new Set(facts.methods)
  return another === undefined && method !== undefined ? amrOfMethod.get(method) : undefined
}

const amrOfMethod = new Map<string, 'pin' | 'fpt' | 'face'>([
  ['passcode_internal', 'pin'],
  ['passcode_external', 'pin'],
  ['pattern_internal', 'pin'],
  ['pattern_external', 'pin'],
  ['fingerprint_internal', 'fpt'],
  ['faceprint_internal', 'face'],
])

/** Where the key lives: only what metadata says, and `hwk` never of a key that can leave. */
const keyMethods = ({ trust, backupEligible, backupState }: Evidence): string[] => {
  const facts = believed(trust)
  if (!facts || trust.by !== 'metadata') return []
  return [
    ...(facts.keyProtection === 'hardware' && !backupEligible && !backupState ? ['hwk'] : []),
    ...(facts.keyProtection === 'software' ? ['swk'] : []),
    ...(facts.smartcard ? ['sc'] : []),
  ]
}

/**
 * Authentication methods (RFC 8176 §2): possession of a key was proved, a person was there, and they proved themselves to
 * the device by something they know or are, which is a second factor. The rest is said only where it is known.
 */
const amrOf = (evidence: Evidence): string[] => {
  const method = evidence.userVerified ? methodOf(evidence.trust) : undefined
  return [
    'pop',
    ...(evidence.userPresent ? ['user'] : []),
    ...(evidence.userVerified ? ['mfa'] : []),
    ...keyMethods(evidence),
    ...(method ? [method] : []),
  ]
}

const youUsed = { pin: 'your PIN', fpt: 'your fingerprint', face: 'your face' }

/** Everything that makes a check strong: the key, its maker, and its user. */
const strengths = ({ kind, trust }: Evidence): string[] => {
  const method = methodOf(trust)
  return [
    `the passkey cannot leave ${called[kind]}`,
    'we confirmed the maker',
    `you used ${method ? youUsed[method] : 'your fingerprint, face or PIN'}`,
  ]
}

/**
 * Judges an authenticator by its registration, or a use of it by its assertion: the level that its weakest point leaves
 * (NIST SP 800-63B-4 §2; docs/assurance.md has the table).
 * @returns the level; the most specific class; the methods; and why: below AAL3 the weakest point, the first of them where
 *   several are as weak, and for AAL3 everything that makes it strong
 */
export const assess = (evidence: Evidence): Verdict => {
  const amr = amrOf(evidence)
  const points = weakPoints(evidence)
  const weakest = points.toSorted((a, b) => a.most - b.most)[0]
  if (weakest && weakest.most < 3)
    return { level: weakest.most, acr: weakest.most === 2 ? 'AAL2_ANY' : 'AAL1_ANY', amr, reasons: [weakest.reason] }
  const acr = evidence.trust.facts?.platform === 'ios' ? 'AAL3_IOS' : 'AAL3_FIDO2'
  return { level: 3, acr, amr, reasons: strengths(evidence) }
}
