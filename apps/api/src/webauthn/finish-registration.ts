import { createHash } from 'node:crypto'
import type { RegistrationResponse } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import { judgeAttestation } from './attestation.ts'
import { type AttestationObject, readAttestationObject, withoutStatement } from './attestation-object.ts'
import { type AttestedCredential, type AuthenticatorData, readAuthenticatorData } from './authenticator-data.ts'
import { bytesOf } from './bytes.ts'
import { type ChallengeDeps, spendChallenge } from './challenges.ts'
import { type ClientData, readClientData } from './client-data.ts'
import { readKey } from './cose-key.ts'
import type { RegistrationEvidence } from './evidence.ts'
import { verifyRegistration } from './library.ts'
import { checkAuthenticatorData, checkClientData, type RelyingParty } from './rules.ts'

type Deps = ChallengeDeps & { relyingParty: RelyingParty }

export interface FinishRegistration {
  /** As at the beginning. */
  boundTo: string
  response: RegistrationResponse
}

/** A response, read but not believed. */
interface Answer {
  response: RegistrationResponse
  clientDataHash: Buffer
  clientData: ClientData
  attestationObject: Buffer
  attestation: AttestationObject
  authenticatorData: AuthenticatorData
}

/**
 * Verifies the answer to a registration (WebAuthn L3 §7.1); the challenge is spent whatever follows. Whether anybody
 * holds the credential already is for the caller to find out when storing it.
 * @throws Refusal `response_malformed`, `challenge_unknown`, `ceremony_mismatch`, `origin_mismatch`, `rp_id_mismatch`,
 * `user_not_present`, `user_not_verified`, `backup_flags_invalid`, `credential_id_invalid`, `algorithm_not_allowed`,
 * `key_weak`, `attestation_not_allowed`, `attestation_invalid`
 */
export const finishRegistration =
  (deps: Deps) =>
  async ({ boundTo, response }: FinishRegistration): Promise<RegistrationEvidence> => {
    const answer = read(response)
    await spendChallenge(deps)(answer.clientData.challenge, 'registration', boundTo)

    checkClientData(answer.clientData, 'registration', deps.relyingParty)
    checkAuthenticatorData(answer.authenticatorData, deps.relyingParty.rpId)
    const credential = credentialOf(answer)
    const { algorithm, keyObject } = readKey(credential.key)
    const { clientDataHash } = answer
    const attestation = judgeAttestation(answer.attestation, { algorithm, keyObject, clientDataHash })
    await verifyByLibrary(answer, credential, deps.relyingParty)
    return { ...evidenceOf(answer, credential), algorithm, attestation }
  }

const read = (response: RegistrationResponse): Answer => {
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

/** An id has at least 16 bytes to be unique by chance, and at most 1023 (WebAuthn L3 §4, Credential ID; §7.1 step 25). */
const idBytes = { least: 16, most: 1023 }

const credentialOf = ({ response, authenticatorData: { attested } }: Answer): AttestedCredential => {
  if (!attested) throw new Refusal('response_malformed', new Error('No credential was made'))
  const { length } = attested.credentialId
  if (length < idBytes.least || length > idBytes.most)
    throw new Refusal('credential_id_invalid', new Error(`${length} bytes`))
  const named = attested.credentialId.toString('base64url')
  if (response.id !== named || response.rawId !== named)
    throw new Refusal('credential_id_invalid', new Error('The JSON names another credential'))
  return attested
}

const verifyByLibrary = async (
  answer: Answer,
  credential: AttestedCredential,
  relyingParty: RelyingParty,
): Promise<void> => {
  const { response, clientData, attestation } = answer
  const verified = await verifyRegistration(forLibrary(answer), clientData.challenge, relyingParty).catch((error) => {
    // After our own checks nothing is left to object to but the statement, if there is one.
    throw new Refusal(attestation.format === 'none' ? 'response_malformed' : 'attestation_invalid', error)
  })
  if (!verified) throw new Refusal('attestation_invalid', new Error('The signature does not match'))
  if (verified.id !== response.id || !credential.publicKey.equals(verified.publicKey))
    throw new Refusal('response_malformed', new Error('The library reads another credential'))
}

const forLibrary = ({ response, attestation }: Answer): RegistrationResponse => {
  if (attestation.format !== 'android-key') return response
  const attestationObject = withoutStatement(attestation.authData).toString('base64url')
  return { ...response, response: { ...response.response, attestationObject } }
}

const evidenceOf = ({ response, attestationObject, authenticatorData }: Answer, credential: AttestedCredential) => ({
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

const transportsOf = ({ response: { transports = [] } }: RegistrationResponse): string[] => [
  ...new Set(transports.filter((transport) => transportForm.test(transport))),
]

const attachmentOf = ({ authenticatorAttachment: told }: RegistrationResponse): RegistrationEvidence['attachment'] =>
  told === 'platform' || told === 'cross-platform' ? told : undefined
