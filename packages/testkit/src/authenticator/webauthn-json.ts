/** The JSON forms of WebAuthn L3 §5.1, as far as the authenticator reads or writes them. Bytes are base64url. */
export type Base64Url = string
export type Transport = 'ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb'
export type Attachment = 'platform' | 'cross-platform'

export interface CredentialDescriptorJSON {
  id: Base64Url
  type?: string
  transports?: readonly string[]
}

export interface CreationOptionsJSON {
  rp: { id?: string; name: string }
  user: { id: Base64Url; name: string; displayName: string }
  challenge: Base64Url
  pubKeyCredParams: readonly { type: string; alg: number }[]
  excludeCredentials?: readonly CredentialDescriptorJSON[]
  authenticatorSelection?: { userVerification?: string }
  attestation?: string
  extensions?: { credProps?: boolean }
}

export interface RequestOptionsJSON {
  challenge: Base64Url
  rpId?: string
  allowCredentials?: readonly CredentialDescriptorJSON[]
  userVerification?: string
}

/** CollectedClientData (WebAuthn L3 §5.8.1). */
export interface ClientData {
  type: string
  challenge: string
  origin: string
  crossOrigin: boolean
  topOrigin?: string
}

interface CredentialJSON<Response> {
  id: Base64Url
  rawId: Base64Url
  type: 'public-key'
  response: Response
  authenticatorAttachment: Attachment
  clientExtensionResults: { credProps?: { rk: boolean } }
}

export type RegistrationResponseJSON = CredentialJSON<{
  clientDataJSON: Base64Url
  attestationObject: Base64Url
  authenticatorData: Base64Url
  transports: Transport[]
  publicKeyAlgorithm: number
  publicKey?: Base64Url
}>

export type AuthenticationResponseJSON = CredentialJSON<{
  clientDataJSON: Base64Url
  authenticatorData: Base64Url
  signature: Base64Url
  userHandle?: Base64Url
}>
