import { createHash } from 'node:crypto'
import type { AuthenticationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type ClientData, readClientData } from './client-data.ts'

/** The answer to an authentication, read but not believed. */
export interface Assertion {
  /** What was signed: the authenticator data, and the hash of the client data (WebAuthn L3 §7.2 step 23). */
  signed: Buffer
  signature: Buffer
  clientData: ClientData
  credentialId: Buffer
  authenticatorData: AuthenticatorData
  userHandle: Buffer | undefined
}

/**
 * Reads the answer to an authentication to its last byte.
 * @throws Refusal `response_malformed`, `credential_id_invalid`
 */
export const readAssertion = (response: AuthenticationResponse): Assertion => {
  const { userHandle, ...bytes } = response.response
  const authData = bytesOf(bytes.authenticatorData)
  const authenticatorData = readAuthenticatorData(authData)
  if (authenticatorData.attested) throw new Refusal('response_malformed', new Error('An assertion makes no credential'))
  if (response.type !== 'public-key')
    throw new Refusal('response_malformed', new Error(`A credential of type ${response.type}`))
  if (!response.id || response.id !== response.rawId)
    throw new Refusal('credential_id_invalid', new Error('The JSON names no credential, or two'))
  const clientDataJson = bytesOf(bytes.clientDataJSON)
  return {
    signed: Buffer.concat([authData, createHash('sha256').update(clientDataJson).digest()]),
    signature: bytesOf(bytes.signature),
    clientData: readClientData(clientDataJson),
    credentialId: bytesOf(response.id),
    authenticatorData,
    userHandle: userHandle ? bytesOf(userHandle) : undefined,
  }
}
