import type { CborMap } from './cbor.ts'
import type { CertificateContents } from './certificate.ts'
import type { UnsoundKey } from './unsound-keys.ts'
import type { AuthenticationResponseJSON, ClientData, RegistrationResponseJSON } from './webauthn-json.ts'

/**
 * Ways to misbehave. Each member is one thing wrong, and everything else stays right: what comes later in the ceremony,
 * signatures included, is made over the spoilt bytes. Members combine. One that could have no effect is refused, so that
 * no test passes because of it.
 */

/** What is wrong with the client's part (WebAuthn L3 §5.8.1). */
export interface ClientDataFaults {
  /** Such as `webauthn.get` at registration, or `payment.get`. */
  type?: string
  /** Base64url. */
  challenge?: string
  origin?: string
  crossOrigin?: boolean
  topOrigin?: string
  /**
   * `byte-order-mark` before the JSON; `invalid-utf8` in a member of its own; `duplicate-keys`: a first `origin` and
   * `challenge` that are false, which most parsers pass over for the true ones that follow.
   */
  clientDataEncoding?: 'byte-order-mark' | 'invalid-utf8' | 'duplicate-keys'
}

/** What is wrong with the authenticator's part (WebAuthn L3 §6.1). */
export interface AuthenticatorDataFaults {
  /** The RP whose ID is hashed in the place of the right one. */
  rpId?: string
  userPresent?: false
  userVerified?: false
  /** BS set and BE unset. */
  backupStateWithoutEligibility?: true
  /** BE other than the authenticator's own; at an assertion, other than at registration. Unsetting it unsets BS too. */
  backupEligible?: boolean
  signCount?: number
  /** How many bytes follow the end. They are signed like the rest. */
  trailingAuthDataBytes?: number
}

/**
 * `empty`; `zero`: r = s = 0, or for RSA and EdDSA zero bytes; `raw`: r‖s without DER (ECDSA only); `other-key`: by
 * another key of the same algorithm; `other-data`: over other client data.
 */
export type SignatureFault = 'empty' | 'zero' | 'raw' | 'other-key' | 'other-data'

interface CommonFaults extends ClientDataFaults, AuthenticatorDataFaults {
  /** The signature of the assertion, or at registration that of the attestation statement. */
  signature?: SignatureFault
  /** `id` and `rawId` in the JSON (base64url), unlike the one in authenticator data or the one that signs. */
  id?: string
}

/** What an Android Keystore says of a key. */
export interface KeyDescription {
  challenge?: Uint8Array
  /** What the system stands for, and what the hardware does: entries of an authorization list, made by `keystore`. */
  software?: Uint8Array[]
  hardware?: Uint8Array[]
}

export interface AttestationFaults {
  /** The name of the format, over whatever statement there is. */
  attestationFormat?: string
  /** Packed self-attestation under the AAGUID of somebody's model. */
  selfAttestedAs?: string
  /** A certificate under a root of its own making: `home-made`, or `home-made-with-root` with that root in `x5c`. */
  chain?: 'home-made' | 'home-made-with-root'
  /** What an Android Keystore says of the key; the rest of it stays honest. */
  keyDescription?: KeyDescription
  trailingAttestationBytes?: number
  /** The same key twice, in the map of the attestation object or in that of the public key. */
  duplicateCborKeys?: 'attestation-object' | 'public-key'
  /** The statement is arrays within arrays, so many deep. */
  nestedCborDepth?: number
  /** The length that the head of `authData` claims, whatever follows. */
  claimedCborLength?: number
}

export interface RegistrationMisbehaviour extends CommonFaults, AttestationFaults {
  /** The credential's id in authenticator data and JSON alike (base64url), such as somebody else's. */
  credentialId?: string
  /** Bytes. More than 1023 are forbidden (WebAuthn L3 §4, Credential ID). */
  credentialIdLength?: number
  /** The key's algorithm, offered or not. */
  algorithm?: -7 | -8 | -35 | -257
  /** The algorithm in the COSE key, disagreeing with the key's type. */
  algorithmLabel?: number
  publicKey?: UnsoundKey
  mutate?: {
    clientData?: (clientData: ClientData) => object
    clientDataJSON?: (bytes: Buffer) => Uint8Array
    authData?: (bytes: Buffer) => Uint8Array
    /** What the attestation certificate says, before its authority signs it. */
    certificate?: (honest: CertificateContents) => CertificateContents
    /** What a TPM calls the key, before it is named; and what it says of the name, before it is signed. */
    pubArea?: (bytes: Buffer) => Uint8Array
    certInfo?: (bytes: Buffer) => Uint8Array
    /** The map of `fmt`, `attStmt` and `authData` after signing. */
    attestation?: (attestation: CborMap) => CborMap
    response?: (response: RegistrationResponseJSON) => RegistrationResponseJSON
  }
}

export interface AuthenticationMisbehaviour extends CommonFaults {
  /** Base64url; null leaves it out. */
  userHandle?: string | null
  mutate?: {
    clientData?: (clientData: ClientData) => object
    clientDataJSON?: (bytes: Buffer) => Uint8Array
    authData?: (bytes: Buffer) => Uint8Array
    response?: (response: AuthenticationResponseJSON) => AuthenticationResponseJSON
  }
}
