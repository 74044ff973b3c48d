import { noAaguid, testAaguid } from './aaguid.ts'
import type { Attestation } from './attestation.ts'
import { type AttestationAuthority, createAttestationAuthority } from './attestation-authority.ts'
import { type AuthenticationCeremony, authenticate } from './authenticate.ts'
import { type CoseAlgorithm, coseAlgorithm } from './cose.ts'
import type { Device } from './device.ts'
import { type RegistrationCeremony, register } from './register.ts'
import type {
  AuthenticationResponseJSON,
  Base64Url,
  CreationOptionsJSON,
  RegistrationResponseJSON,
  RequestOptionsJSON,
  Transport,
} from './webauthn-json.ts'

export interface SoftwareAuthenticatorOptions {
  /** The model, as a UUID; {@link testAaguid} unless given. */
  aaguid?: string
  /** What it can sign with; all four unless given. The relying party's order of preference decides. */
  algorithms?: readonly CoseAlgorithm[]
  /** `internal` unless given, which also makes it a platform authenticator. */
  transports?: readonly Transport[]
  /** Whether its credentials may leave the device (BE); false unless given. */
  backupEligible?: boolean
  /** Whether they have (BS); false unless given. */
  backupState?: boolean
  /** What it gives where the relying party asks for attestation; `none` unless given. */
  attestation?: Attestation
  /** Who made it; {@link attestationAuthority} unless given. */
  authority?: AttestationAuthority
  /** Whether it asks for a PIN or a finger each time; true unless given. */
  verifiesUser?: boolean
  /** The counter at registration and what each assertion adds; 0 and 1 unless given. Synced passkeys never count. */
  counter?: { start?: number; step?: number }
}

/** What may be known of a credential that an authenticator holds. */
export interface HeldCredential {
  id: Base64Url
  rpId: string
  userHandle: Base64Url
  algorithm: number
  signCount: number
}

export interface SoftwareAuthenticator {
  readonly aaguid: string
  /**
   * Answers `navigator.credentials.create()`. Every registration adds a credential, whatever the relying party makes of
   * it; one for the same person replaces none.
   * @throws DOMException `InvalidStateError` when it holds an excluded credential, `NotSupportedError` without an
   * algorithm in common, `NotAllowedError` when it cannot verify its user, `SecurityError` for a foreign RP ID
   */
  readonly register: (options: CreationOptionsJSON, ceremony: RegistrationCeremony) => RegistrationResponseJSON
  /**
   * Answers `navigator.credentials.get()` with the newest credential that would do, or the one named.
   * @throws DOMException `NotAllowedError` when no credential would do, `SecurityError` for a foreign RP ID
   */
  readonly authenticate: (options: RequestOptionsJSON, ceremony: AuthenticationCeremony) => AuthenticationResponseJSON
  /** What it holds, oldest first. */
  readonly credentials: () => HeldCredential[]
  /** A second authenticator with the same keys, whose counters go their own way from here. */
  readonly clone: () => SoftwareAuthenticator
}

/** The maker of every authenticator that names no other; it lives as long as the process. */
export const attestationAuthority = createAttestationAuthority()
/** The trust anchor of {@link attestationAuthority}. */
export const attestationRootPem = attestationAuthority.rootPem

/**
 * An authenticator in software: honest by default, and misbehaving exactly as it is told.
 * @throws RangeError for a backup state without eligibility, which is a lie to be told ceremony by ceremony
 */
export const createSoftwareAuthenticator = (options: SoftwareAuthenticatorOptions = {}): SoftwareAuthenticator => {
  if (options.backupState && !options.backupEligible) throw new RangeError('a backup state needs backup eligibility')

  return overDevice({
    // U2F has no models.
    aaguid: options.aaguid ?? (options.attestation === 'fido-u2f' ? noAaguid : testAaguid),
    algorithms: options.algorithms ?? Object.values(coseAlgorithm),
    transports: options.transports ?? ['internal'],
    backupEligible: options.backupEligible ?? false,
    backupState: options.backupState ?? false,
    verifiesUser: options.verifiesUser ?? true,
    attestation: options.attestation ?? 'none',
    authority: options.authority ?? attestationAuthority,
    counter: { start: options.counter?.start ?? 0, step: options.counter?.step ?? 1 },
    credentials: [],
  })
}

const overDevice = (device: Device): SoftwareAuthenticator => ({
  aaguid: device.aaguid,
  register: (options, ceremony) => register(device, options, ceremony),
  authenticate: (options, ceremony) => authenticate(device, options, ceremony),
  credentials: () =>
    device.credentials.map(({ id, rpId, userHandle, key, signCount }) => ({
      id,
      rpId,
      userHandle,
      algorithm: key.algorithm,
      signCount,
    })),
  clone: () => overDevice({ ...device, credentials: device.credentials.map((each) => ({ ...each })) }),
})
