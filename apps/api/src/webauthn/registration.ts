import { createHash } from 'node:crypto'
import type { RegistrationResponse } from '@fobwatch/contracts'
import { type AttestationObject, readAttestationObject } from './attestation-object.ts'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type ClientData, readClientData } from './client-data.ts'

/** The answer to a registration, read but not believed. */
export interface Registration {
  response: RegistrationResponse
  clientDataHash: Buffer
  clientData: ClientData
  attestationObject: Buffer
  attestation: AttestationObject
  authenticatorData: AuthenticatorData
}

/**
 * Reads the answer to a registration to its last byte.
 * @throws Refusal `response_malformed`
 */
export const readRegistration = (response: RegistrationResponse): Registration => {
  const clientDataJSON = bytesOf(response.response.clientDataJSON)
  const attestationObject = bytesOf(response.response.attestationObject)
  const attestation = readAttestationObject(attestationObject)
  return {
    response,
    clientDataHash: createHash('sha256').update(clientDataJSON).digest(),
    clientData: readClientData(clientDataJSON),
    attestationObject,
    attestation,
    authenticatorData: readAuthenticatorData(attestation.authData),
  }
}
