import type { RegistrationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { withoutStatement } from './attestation-object.ts'
import type { AttestedCredential } from './authenticator-data.ts'
import { readKey } from './cose-key.ts'
import type { RegistrationEvidence } from './evidence.ts'
import { credentialByLibrary } from './library.ts'
import { type Registration, readRegistration } from './registration.ts'
import { checkAuthenticatorData, checkClientData, type Expected } from './rules.ts'
import { verifyStatement } from './statements/verify-statement.ts'

/**
 * Verifies the answer to a registration (WebAuthn L3 §7.1) against what is expected of it, with no clock and no store.
 * Whose root its chain ends in is not asked here.
 * @throws Refusal `response_malformed`, `ceremony_mismatch`, `challenge_unknown`, `origin_mismatch`, `rp_id_mismatch`,
 * `user_not_present`, `user_not_verified`, `backup_flags_invalid`, `credential_id_invalid`, `algorithm_not_allowed`,
 * `key_weak`, `attestation_not_allowed`, `attestation_invalid`
 */
export const verifyRegistration = async (
  response: RegistrationResponse,
  expected: Expected,
): Promise<RegistrationEvidence> => judgeRegistration(readRegistration(response), expected)

/** The same, for an answer that has been read. */
export const judgeRegistration = async (
  registration: Registration,
  expected: Expected,
): Promise<RegistrationEvidence> => {
  checkClientData(registration.clientData, 'registration', expected)
  checkAuthenticatorData(registration.authenticatorData, expected)
  const credential = credentialOf(registration)
  const key = readKey(credential.key)
  const attestation = verifyStatement(registration.attestation, {
    ...{ ...key, aaguid: credential.aaguid, clientDataHash: registration.clientDataHash },
    toBeSigned: Buffer.concat([registration.attestation.authData, registration.clientDataHash]),
  })
  await verifyByLibrary(registration, credential, expected)
  return { ...evidenceOf(registration, credential), algorithm: key.algorithm, attestation }
}

/** An id has at least 16 bytes to be unique by chance, and at most 1023 (WebAuthn L3 §4, Credential ID; §7.1 step 25). */
const idBytes = { least: 16, most: 1023 }

const credentialOf = ({ response, authenticatorData: { attested } }: Registration): AttestedCredential => {
  if (!attested) throw new Refusal('response_malformed', new Error('No credential was made'))
  const { length } = attested.credentialId
  if (length < idBytes.least || length > idBytes.most)
    throw new Refusal('credential_id_invalid', new Error(`${length} bytes`))
  const named = attested.credentialId.toString('base64url')
  if (response.id !== named || response.rawId !== named)
    throw new Refusal('credential_id_invalid', new Error('The JSON names another credential'))
  return attested
}

/** A second opinion on everything but the statement, which the library never sees. */
const verifyByLibrary = async (
  { response, attestation: { authData } }: Registration,
  credential: AttestedCredential,
  expected: Expected,
): Promise<void> => {
  const attestationObject = withoutStatement(authData).toString('base64url')
  const bare = { ...response, response: { ...response.response, attestationObject } }
  const verified = await credentialByLibrary(bare, expected).catch((error) => {
    throw new Refusal('response_malformed', error)
  })
  if (verified?.id !== response.id || !credential.publicKey.equals(verified.publicKey))
    throw new Refusal('response_malformed', new Error('The library reads another credential'))
}

const evidenceOf = (
  { response, attestationObject, authenticatorData }: Registration,
  credential: AttestedCredential,
) => ({
  credentialId: credential.credentialId,
  publicKey: credential.publicKey,
  signCount: authenticatorData.signCount,
  aaguid: credential.aaguid,
  transports: transportsOf(response),
  attachment: attachmentOf(response),
  userPresent: authenticatorData.userPresent,
  userVerified: authenticatorData.userVerified,
  backupEligible: authenticatorData.backupEligible,
  backupState: authenticatorData.backupState,
  attestationObject,
})

/** New transports may come (WebAuthn L3 §5.8.4), so the form is what counts. */
const transportForm = /^[a-z0-9-]+$/

/** The transports that an answer names, each once. */
export const transportsOf = ({ response: { transports = [] } }: RegistrationResponse): string[] => [
  ...new Set(transports.filter((transport) => transportForm.test(transport))),
]

/** Where an answer says that its authenticator is. */
export const attachmentOf = ({
  authenticatorAttachment: told,
}: RegistrationResponse): RegistrationEvidence['attachment'] =>
  told === 'platform' || told === 'cross-platform' ? told : undefined
