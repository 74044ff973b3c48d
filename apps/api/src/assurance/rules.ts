import type { AuthenticatorKind } from '@fobwatch/contracts'
import type { Level, Verdict as Whole } from './evidence.ts'

type Verdict = Pick<Whole, 'level' | 'reasons'>

/** What a registration proved, as far as it counts here. */
interface Evidence {
  userVerified: boolean
  /** Whether the passkey may be copied. */
  backupEligible: boolean
  kind: AuthenticatorKind
}

/** What an assertion proved, as far as it counts here. */
interface Proved {
  userPresent: boolean
  userVerified: boolean
}

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
 * Judges an authenticator by its registration. A passkey that can be copied is AAL2, whoever made it (NIST SP 800-63B-4
 * §3.1.7, appendix B); so is one whose maker we cannot confirm, which until there are trust anchors is every other.
 */
export const assess = ({ userVerified, backupEligible, kind }: Evidence): Verdict => {
  if (!userVerified) return { level: 1, reasons: ['it did not check your fingerprint, face or PIN'] }
  if (backupEligible) return { level: 2, reasons: [`${called[kind]} can copy its passkey to your other devices`] }
  return { level: 2, reasons: ['we could not confirm the maker'] }
}

/** A verdict capped: what is added from a session is never worth more than the session, or a thief could climb. */
export const atMost = (verdict: Verdict, level: Level): Verdict =>
  verdict.level <= level ? verdict : { level, reasons: ['you added it after a lower check'] }

/**
 * Authentication methods of an assertion (RFC 8176 §2): possession of a key was proved, a person was there, and they
 * proved themselves to the device by something they know or are, which is a second factor.
 */
export const amrOf = ({ userPresent, userVerified }: Proved): string[] => [
  'pop',
  ...(userPresent ? ['user'] : []),
  ...(userVerified ? ['mfa'] : []),
]
