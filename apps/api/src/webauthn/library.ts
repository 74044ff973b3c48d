import type { RegistrationResponse } from '@fobwatch/contracts'
import { offeredAlgorithms } from './cose-key.ts'
import type { Expected } from './rules.ts'

/** Loads the library, which no log in needs: it takes as long as a tenth of all that is loaded at a start. */
const loadLibrary = async () => {
  const { SettingsService, verifyRegistrationResponse } = await import('@simplewebauthn/server')
  // It comes with roots of its own, and would follow the revocation lists that a chain under them names. Anchors are for
  // `assurance` to hold, with the chain and the time as arguments; here no certificate leads anywhere.
  for (const identifier of ['android-key', 'android-safetynet', 'apple', 'mds'] as const)
    SettingsService.setRootCertificates({ identifier, certificates: [] })
  return verifyRegistrationResponse
}

/**
 * Has the library verify a registration without a statement, after our own checks.
 * @returns what it took for the credential
 * @throws whatever the library throws
 */
export const credentialByLibrary = async (
  response: RegistrationResponse,
  { challenge, origins, rpId, userVerification }: Expected,
) => {
  const verifyRegistrationResponse = await loadLibrary()
  const { registrationInfo } = await verifyRegistrationResponse({
    response: {
      id: response.id,
      rawId: response.rawId,
      type: response.type,
      response: {
        clientDataJSON: response.response.clientDataJSON,
        attestationObject: response.response.attestationObject,
      },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    requireUserVerification: userVerification === 'required',
    supportedAlgorithmIDs: [...offeredAlgorithms],
  })
  return registrationInfo?.credential
}
