import { createHash } from 'node:crypto'
import { encodeAuthenticatorData } from './authenticator-data.ts'
import { encodeClientData } from './client-data.ts'
import {
  attachmentOf,
  type Credential,
  credentialsAmong,
  type Device,
  flagsOf,
  requireVerification,
  rpIdFor,
} from './device.ts'
import type { AuthenticationMisbehaviour } from './misbehaviour.ts'
import { signCeremony } from './signature.ts'
import type { AuthenticationResponseJSON, Base64Url, RequestOptionsJSON } from './webauthn-json.ts'

export interface AuthenticationCeremony {
  /** Of the page that asks. */
  origin: string
  /** The credential that the person picks, where there are several; the newest otherwise. */
  credentialId?: Base64Url
  misbehave?: AuthenticationMisbehaviour
}

/** An authentication (WebAuthn L3 §5.1.4, §6.3.3): one credential signs the challenge, and its counter moves on. */
export const authenticate = (
  device: Device,
  options: RequestOptionsJSON,
  { origin, credentialId, misbehave: faults = {} }: AuthenticationCeremony,
): AuthenticationResponseJSON => {
  const credential = pick(device, options, rpIdFor(options.rpId, origin), credentialId)
  requireVerification(device, options.userVerification)

  credential.signCount += device.counter.step
  const { challenge } = options
  const clientDataJSON = encodeClientData({ type: 'webauthn.get', challenge, origin }, faults, faults.mutate)
  const authData = authDataOf(device, credential, faults)
  const clientDataHash = createHash('sha256').update(clientDataJSON).digest()
  const signature = signCeremony(credential.key, authData, clientDataHash, faults.signature)

  const response = responseOf(device, credential, { clientDataJSON, authData, signature }, faults)
  return faults.mutate?.response?.(response) ?? response
}

interface Made {
  clientDataJSON: Buffer
  authData: Buffer
  signature: Buffer
}

const responseOf = (
  device: Device,
  credential: Credential,
  made: Made,
  { id = credential.id, userHandle = credential.userHandle }: AuthenticationMisbehaviour,
): AuthenticationResponseJSON => ({
  id,
  rawId: id,
  type: 'public-key',
  response: {
    clientDataJSON: made.clientDataJSON.toString('base64url'),
    authenticatorData: made.authData.toString('base64url'),
    signature: made.signature.toString('base64url'),
    ...(userHandle === null ? {} : { userHandle }),
  },
  authenticatorAttachment: attachmentOf(device),
  clientExtensionResults: {},
})

/** An empty list of allowed credentials asks for a discoverable one. */
const pick = (device: Device, options: RequestOptionsJSON, rpId: string, wanted: Base64Url | undefined): Credential => {
  const { allowCredentials = [] } = options
  const allowed =
    allowCredentials.length === 0
      ? device.credentials.filter((each) => each.rpId === rpId)
      : credentialsAmong(device, rpId, allowCredentials)
  const chosen = allowed.findLast(({ id }) => wanted === undefined || id === wanted)
  if (!chosen) throw new DOMException('this authenticator holds no credential that would do', 'NotAllowedError')
  return chosen
}

const authDataOf = (device: Device, credential: Credential, faults: AuthenticationMisbehaviour): Buffer => {
  const honest = encodeAuthenticatorData({
    rpId: faults.rpId ?? credential.rpId,
    flags: flagsOf(device, credential.backupEligible, faults),
    signCount: faults.signCount ?? credential.signCount,
  })
  const bytes = Buffer.concat([honest, Buffer.alloc(faults.trailingAuthDataBytes ?? 0)])
  return Buffer.from(faults.mutate?.authData?.(bytes) ?? bytes)
}
