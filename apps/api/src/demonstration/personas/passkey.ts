import { createECDH, createHash, createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { AuthenticationResponse } from '@fobwatch/contracts'
import type { PersonaDevice } from './personas.ts'

/** A passkey of a persona's: kept nowhere, and worked out from the service's master key each time. */
export interface Passkey {
  credentialId: Buffer
  privateKey: KeyObject
  /** Coordinates on P-256, 32 bytes each. */
  point: { x: Buffer; y: Buffer }
}

const curve = 'prime256v1'

/** The model that a persona's passkey says it is, and that nobody makes. */
export const sandboxAaguid = Buffer.from('f0b3a7c45a9d4b0e8c1d5a4e6d0b0c09', 'hex')

/**
 * The passkey of a persona's device, the same each time.
 * @param key 32 bytes, for this purpose alone
 */
export const passkeyOf = (key: Uint8Array, persona: string, device: PersonaDevice): Passkey => {
  const bytes = (of: string) => createHmac('sha256', key).update(`${persona} ${device} ${of}`).digest()
  const pair = createECDH(curve)
  pair.setPrivateKey(bytes('key'))
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)]
  const [d, ...xy] = [bytes('key'), x, y].map((each) => each.toString('base64url'))
  const jwk = { kty: 'EC', crv: 'P-256', d: d ?? '', x: xy[0] ?? '', y: xy[1] ?? '' }
  return { credentialId: bytes('id'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), point: { x, y } }
}

/** User present and verified; nothing that can be copied. */
const flags = 0x05

/** Authenticator data (WebAuthn L3 §6.1), with a counter that does not count. @param attested the flag, and what follows */
export const authenticatorData = (rpId: string, attested: Uint8Array = Buffer.alloc(0)): Buffer => {
  const flagged = attested.length > 0 ? flags | 0x40 : flags
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(flagged), Buffer.alloc(4), attested])
}

/** CollectedClientData (WebAuthn L3 §5.8.1). */
export const clientData = (type: 'webauthn.create' | 'webauthn.get', challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** What a signature is over (WebAuthn L3 §7.2 step 20). */
export const signedBytes = (authData: Buffer, client: Buffer): Buffer =>
  Buffer.concat([authData, createHash('sha256').update(client).digest()])

/** Who asks for an assertion, and with which challenge. */
export interface AssertionRequest {
  challenge: string
  origin: string
  rpId: string
  userHandle: Buffer
}

/** Answers a challenge, as an authenticator and a browser do. */
export const assertWith = (
  { credentialId, privateKey }: Passkey,
  { challenge, origin, rpId, userHandle }: AssertionRequest,
): AuthenticationResponse => {
  const [authData, client] = [authenticatorData(rpId), clientData('webauthn.get', challenge, origin)]
  const id = credentialId.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signedBytes(authData, client), privateKey).toString('base64url'),
      userHandle: userHandle.toString('base64url'),
    },
    authenticatorAttachment: 'cross-platform',
    clientExtensionResults: {},
  }
}
