import type { AuthenticationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type ClientData, readClientData } from './client-data.ts'

/** The answer to an authentication, read but not believed. */
export interface Assertion {
  response: AuthenticationResponse
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
  const authenticatorData = readAuthenticatorData(bytesOf(bytes.authenticatorData))
  if (authenticatorData.attested) throw new Refusal('response_malformed', new Error('An assertion makes no credential'))
  if (response.id !== response.rawId)
    throw new Refusal('credential_id_invalid', new Error('The JSON names two credentials'))
  bytesOf(bytes.signature)
  return {
    response,
    clientData: readClientData(bytesOf(bytes.clientDataJSON)),
    credentialId: bytesOf(response.id),
    authenticatorData,
    userHandle: userHandle ? bytesOf(userHandle) : undefined,
  }
}
