import type { AuthenticationResponse, RegistrationResponse } from '@fobwatch/contracts'
import { readAttestationObject } from './attestation-object.ts'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type CborMap, readCborMap } from './cbor.ts'
import { algorithmOf, readKey } from './cose-key.ts'
import type { RegistrationEvidence } from './evidence.ts'
import { attachmentOf, transportsOf } from './verify-registration.ts'

/** What an answer says, believed or not; null for what cannot be read. */
export interface Glimpse {
  format: string | null
  aaguid: string | null
  /** COSE algorithm identifier, offered or not. */
  algorithm: number | null
  userVerified: boolean | null
  backupEligible: boolean | null
  backupState: boolean | null
}

/** Of a registration, where it comes from too. */
export interface RegistrationGlimpse extends Glimpse, Pick<RegistrationEvidence, 'transports' | 'attachment'> {}

const orNothing = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const flagsOf = (data: AuthenticatorData | undefined) => ({
  userVerified: data?.userVerified ?? null,
  backupEligible: data?.backupEligible ?? null,
  backupState: data?.backupState ?? null,
})

/** Looks at a registration, to tell people what it was whatever became of it. Nothing of it is to be believed. */
export const glimpseRegistration = (response: RegistrationResponse): RegistrationGlimpse => {
  const attestation = orNothing(() => readAttestationObject(bytesOf(response.response.attestationObject)))
  const data = orNothing(() => attestation && readAuthenticatorData(attestation.authData))
  return {
    format: attestation?.format ?? null,
    aaguid: data?.attested?.aaguid ?? null,
    algorithm: (data?.attested && algorithmOf(data.attested.key)) ?? null,
    ...flagsOf(data),
    transports: transportsOf(response),
    attachment: attachmentOf(response),
  }
}

/** Looks at an assertion, in the same way. */
export const glimpseAssertion = ({ response }: AuthenticationResponse): Glimpse => ({
  ...{ format: null, aaguid: null, algorithm: null },
  ...flagsOf(orNothing(() => readAuthenticatorData(bytesOf(response.authenticatorData)))),
})

/** A public key as it is stored. */
export interface StoredKey {
  /** COSE algorithm identifier; null where the key names none. */
  algorithm: number | null
  /** Holds the key against what is offered, and what makes a key sound. @throws Refusal as `verifyRegistration` */
  check: () => void
}

/**
 * Reads a public key that was stored.
 * @param cose a COSE_Key (RFC 9052 §7)
 * @throws Error when it is none
 */
export const readStoredKey = (cose: Buffer): StoredKey => {
  const key: CborMap = readCborMap(cose)
  return { algorithm: algorithmOf(key) ?? null, check: () => void readKey(key) }
}
