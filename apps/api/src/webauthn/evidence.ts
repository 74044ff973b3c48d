/**
 * What stands behind the maker's word. `none`: nothing was said. `self`: signed by the new key itself, which proves no
 * maker. `untrusted`: signed by a certificate that reaches no anchor of ours. None of them is trust.
 */
export type AttestationTrust = 'none' | 'self' | 'untrusted'

/** What a registration proved. */
export interface RegistrationEvidence {
  credentialId: Buffer
  /** COSE key. */
  publicKey: Buffer
  /** COSE algorithm identifier. */
  algorithm: number
  signCount: number
  /** As a UUID; a claim, like the transports and the attachment. */
  aaguid: string
  transports: string[]
  attachment: 'platform' | 'cross-platform' | undefined
  userVerified: boolean
  backupEligible: boolean
  backupState: boolean
  attestationFormat: string
  /** As it came, so that trust can be judged again later. */
  attestationObject: Buffer
  attestationTrust: AttestationTrust
}

/** What an assertion proved. */
export interface AssertionEvidence {
  credentialId: Buffer
  userPresent: boolean
  userVerified: boolean
  backupEligible: boolean
  backupState: boolean
  /** As asserted, and as stored before it; whether that means a clone is for `authenticators` to say. */
  signCount: number
  previousSignCount: number
}

/** What must be known of a credential to verify an assertion by it. */
export interface KnownCredential {
  publicKey: Uint8Array
  signCount: number
  backupEligible: boolean
  /** Of the person whose credential it is. */
  userHandle: Uint8Array
}
