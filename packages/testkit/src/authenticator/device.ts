import type { Attestation } from './attestation.ts'
import type { AttestationAuthority } from './attestation-authority.ts'
import type { AuthenticatorFlags } from './authenticator-data.ts'
import type { SigningKey } from './cose.ts'
import type { AuthenticatorDataFaults } from './misbehaviour.ts'
import type { Attachment, Base64Url, CredentialDescriptorJSON, Transport } from './webauthn-json.ts'

/** A discoverable credential as the authenticator keeps it. */
export interface Credential {
  readonly id: Base64Url
  readonly rpId: string
  readonly userHandle: Base64Url
  readonly key: SigningKey
  readonly backupEligible: boolean
  signCount: number
}

/** What an authenticator is and holds. */
export interface Device {
  readonly aaguid: string
  readonly algorithms: readonly number[]
  readonly transports: readonly Transport[]
  readonly backupEligible: boolean
  readonly backupState: boolean
  readonly verifiesUser: boolean
  readonly attestation: Attestation
  readonly authority: AttestationAuthority
  readonly counter: { readonly start: number; readonly step: number }
  /** Oldest first. */
  readonly credentials: Credential[]
}

/** A built-in authenticator is a platform one; whatever is plugged in or held near roams. */
export const attachmentOf = ({ transports }: Device): Attachment =>
  transports.includes('internal') ? 'platform' : 'cross-platform'

export const credentialsAmong = (
  { credentials }: Device,
  rpId: string,
  listed: readonly CredentialDescriptorJSON[],
): Credential[] => credentials.filter(({ id, rpId: owner }) => owner === rpId && listed.some((each) => each.id === id))

/** Refuses as a client does where nobody can be verified though somebody must (WebAuthn L3 §5.1.3, §5.1.4.1). */
export const requireVerification = ({ verifiesUser }: Device, userVerification: string | undefined): void => {
  if (userVerification !== 'required' || verifiesUser) return
  throw new DOMException('this authenticator cannot verify its user', 'NotAllowedError')
}

export const flagsOf = (
  { backupState, verifiesUser }: Device,
  honestlyEligible: boolean,
  faults: AuthenticatorDataFaults,
): AuthenticatorFlags => {
  const backupEligible = faults.backupEligible ?? honestlyEligible
  const lie = faults.backupStateWithoutEligibility === true
  return {
    userPresent: faults.userPresent ?? true,
    userVerified: faults.userVerified ?? verifiesUser,
    backupEligible: backupEligible && !lie,
    backupState: (backupState && backupEligible) || lie,
  }
}

/**
 * The RP ID of a ceremony: the one asked for, or else the origin's host.
 * @throws a `SecurityError` as browsers do when the origin lies outside it (WebAuthn L3 §5.1.3 step 8)
 */
export const rpIdFor = (asked: string | undefined, origin: string): string => {
  const { hostname } = new URL(origin)
  const rpId = asked ?? hostname
  if (hostname === rpId || hostname.endsWith(`.${rpId}`)) return rpId
  throw new DOMException(`${origin} may not use the RP ID ${rpId}`, 'SecurityError')
}
