import type { AuthenticatorKind, CertificationLevel } from '@fobwatch/contracts'

/** Authenticator assurance level (NIST SP 800-63B-4 §2). */
export type Level = 1 | 2 | 3

/** How a device says that its user was verified (FIDO Registry of Predefined Values §3.1), without presence alone. */
export type VerificationMethod = string

/** What a trusted attestation says of an authenticator. Nothing here was claimed by the authenticator itself alone. */
export interface TrustedFacts {
  /** Whether its keys live in hardware, in software, or it is not said. */
  keyProtection: 'hardware' | 'software' | 'unknown'
  /** Every method by which it may have verified its user; empty when it is not said. */
  methods: readonly VerificationMethod[]
  /** Whether it is a smartcard. */
  smartcard: boolean
  /** Of its model, where the FIDO Alliance certified it. */
  certification: CertificationLevel | null
  /** Status reports of its model that are in effect. */
  statuses: readonly string[]
  /** `ios` for what an organisation's device management attests on iPads. */
  platform: 'ios' | null
  /** Id of the organisation's anchor that it reached; while that is not removed, this counts. */
  anchor?: string
}

/**
 * What stands behind the maker's word. `none`: nothing was said. `self`: signed by the new key itself, which proves no
 * maker. `untrusted`: signed by a certificate that reaches no anchor of ours. Only the last two are trust: a chain that
 * ends in an anchor which FIDO metadata names for this very model, or in one that an operator configured.
 */
export type Trust =
  | { by: 'none' | 'self' | 'untrusted'; facts: null }
  | { by: 'organisation' | 'metadata'; facts: TrustedFacts }

/** How an authenticator came to be its person's: the act, and the most that the act allows. */
export interface Binding {
  by: 'in-person' | 'video' | 'link' | 'session' | 'command'
  level: Level
}

/** All that counts for a level. Identity and transports do not: the one is another matter, the other is unsigned. */
export interface Evidence {
  userPresent: boolean
  userVerified: boolean
  /** Whether the passkey may be copied, and whether it has been. */
  backupEligible: boolean
  backupState: boolean
  trust: Trust
  binding: Binding
  /** For words only: what people would call it. */
  kind: AuthenticatorKind
}

/** How sure evidence makes us, and why. */
export interface Verdict {
  level: Level
  /** The most specific class that is true, in CIS2's words, such as `AAL3_FIDO2`. */
  acr: string
  /** RFC 8176. */
  amr: string[]
  /** Each of them reads on after "because". One for a level below 3, the weakest point; all of them for 3. */
  reasons: string[]
}
