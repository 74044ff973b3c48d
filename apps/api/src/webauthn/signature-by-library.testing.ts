import type { AuthenticationResponse } from '@fobwatch/contracts'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Expected } from './rules.ts'

/**
 * Has the library verify the signature of an assertion which our own is held against. It is told no counter: what a counter means
 * is not for it to say.
 * @param topOrigin the one in the client data, of which we have judged already
 * @throws whatever the library throws
 */
export const signatureByLibrary = async (
  response: AuthenticationResponse,
  publicKey: Uint8Array,
  { challenge, origins, rpId, userVerification }: Expected,
  topOrigin: string | undefined,
): Promise<boolean> => {
  const { verified } = await verifyAuthenticationResponse({
    response: {
      id: response.id,
      rawId: response.rawId,
      type: response.type,
      response: {
        clientDataJSON: response.response.clientDataJSON,
        authenticatorData: response.response.authenticatorData,
        signature: response.response.signature,
      },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: rpId,
    ...(topOrigin !== undefined && { expectedTopOrigin: topOrigin }),
    credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    requireUserVerification: userVerification === 'required',
  })
  return verified
}
