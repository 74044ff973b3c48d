/** What a maker said of an authenticator, verified but for the chain, of which nobody has asked yet whose root it ends in. */
export interface Attestation {
  format: string
  /**
   * Who said it. `none`: nothing was said. `self`: the new key itself, which proves no maker. `certified`: a key with a
   * certificate, which proves one when the chain ends in an anchor.
   */
  kind: 'none' | 'self' | 'certified'
  /** Certificates in DER, the attestation key's first; empty unless certified. */
  chain: Buffer[]
  /** Whether it says of this very key that it is not in hardware, or can leave it; whatever is said of the model. */
  outside?: true
}

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
  userPresent: boolean
  userVerified: boolean
  backupEligible: boolean
  backupState: boolean
  attestation: Attestation
  /** As it came, so that trust can be judged again later. */
  attestationObject: Buffer
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
