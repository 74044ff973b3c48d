import {
  type AuthenticationResponseJSON as Assertion,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON as Registration,
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  isoBase64URL,
  isoCBOR,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers'
import { coseAlgorithm } from './cose.ts'
import { attestationRootPem } from './software-authenticator.ts'
import type { CreationOptionsJSON, RequestOptionsJSON } from './webauthn-json.ts'

/** A relying party on a library that shares nothing with this package, for the package's own tests. */
export const origin = 'http://localhost:3000'
const rpId = 'localhost'
const everyAlgorithm: number[] = Object.values(coseAlgorithm)

for (const identifier of ['packed', 'tpm', 'apple', 'fido-u2f'] as const)
  SettingsService.setRootCertificates({ identifier, certificates: [attestationRootPem] })
// Of these chains the library asks that they end in their own last certificate.
SettingsService.setRootCertificates({ identifier: 'android-key', certificates: [] })

export const creationOptions = async (algorithms = everyAlgorithm): Promise<CreationOptionsJSON> =>
  generateRegistrationOptions({
    rpName: 'Test',
    rpID: rpId,
    userName: 'test',
    attestationType: 'direct',
    supportedAlgorithmIDs: algorithms,
  })

export const requestOptions = (): Promise<RequestOptionsJSON> => generateAuthenticationOptions({ rpID: rpId })

export const verifyRegistration = (response: Registration, { challenge, pubKeyCredParams }: CreationOptionsJSON) =>
  verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    supportedAlgorithmIDs: pubKeyCredParams.map(({ alg }) => alg),
  })

/** Verifies an assertion with what its registration said, which must have been in order. */
export const verifyAssertion = async (
  response: Assertion,
  { challenge }: RequestOptionsJSON,
  registration: Registration,
  counter = 0,
) =>
  verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential: { id: registration.id, publicKey: publicKeyOf(registration), counter },
  })

export const clientDataOf = ({ response }: Registration | Assertion) => decodeClientDataJSON(response.clientDataJSON)

export const clientDataTextOf = ({ response }: Registration | Assertion): string =>
  Buffer.from(response.clientDataJSON, 'base64url').toString('latin1')

export const attestationOf = ({ response }: Registration) =>
  decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject))

/** What the authenticator data of a registration or an assertion says. */
export const authDataOf = (ceremony: Registration | Assertion) => parseAuthenticatorData(authDataBytesOf(ceremony))

export const authDataBytesOf = (ceremony: Registration | Assertion) =>
  'attestationObject' in ceremony.response
    ? decodeAttestationObject(isoBase64URL.toBuffer(ceremony.response.attestationObject)).get('authData')
    : isoBase64URL.toBuffer(ceremony.response.authenticatorData)

export const coseKeyOf = (registration: Registration) =>
  isoCBOR.decodeFirst<Map<number, number | Uint8Array>>(publicKeyOf(registration))

const publicKeyOf = (registration: Registration) => {
  const { credentialPublicKey } = authDataOf(registration)
  if (!credentialPublicKey) throw new TypeError('a registration carries a public key')
  return credentialPublicKey
}
