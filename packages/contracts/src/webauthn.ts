import { type Static, Type } from 'typebox'
import { Base64Url, closed } from './common.ts'

/** Longest credential id that WebAuthn allows (L3 §4). */
const CredentialId = Base64Url(1023)
const ClientData = Base64Url(4_096)
const PublicKey = Type.Literal('public-key')
const Transports = Type.Array(Type.String({ maxLength: 32 }), { maxItems: 12 })
// Results of extensions that we did not ask for are ignored (WebAuthn L3 §9), so their form is not ours to check.
const ExtensionResults = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 16 })
const Attachment = Type.String({ maxLength: 32 })

/** RegistrationResponseJSON (WebAuthn L3 §5.1), as browsers' `toJSON()` gives it. */
export const RegistrationResponse = Type.Object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: PublicKey,
    response: Type.Object(
      {
        clientDataJSON: ClientData,
        attestationObject: Base64Url(65_536),
        authenticatorData: Type.Optional(Base64Url(65_536)),
        transports: Type.Optional(Transports),
        publicKeyAlgorithm: Type.Optional(Type.Integer()),
        publicKey: Type.Optional(Base64Url(8_192)),
      },
      closed,
    ),
    clientExtensionResults: ExtensionResults,
    authenticatorAttachment: Type.Optional(Attachment),
  },
  { ...closed, title: 'RegistrationResponse' },
)
export type RegistrationResponse = Static<typeof RegistrationResponse>

/** AuthenticationResponseJSON (WebAuthn L3 §5.1). */
export const AuthenticationResponse = Type.Object(
  {
    id: CredentialId,
    rawId: CredentialId,
    type: PublicKey,
    response: Type.Object(
      {
        clientDataJSON: ClientData,
        authenticatorData: Base64Url(4_096),
        signature: Base64Url(2_048),
        userHandle: Type.Optional(Type.Union([Base64Url(64), Type.Null()])),
      },
      closed,
    ),
    clientExtensionResults: ExtensionResults,
    authenticatorAttachment: Type.Optional(Attachment),
  },
  { ...closed, title: 'AuthenticationResponse' },
)
export type AuthenticationResponse = Static<typeof AuthenticationResponse>

const Descriptor = Type.Object(
  { id: Type.String(), type: PublicKey, transports: Type.Optional(Type.Array(Type.String())) },
  closed,
)

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn L3 §5.1). */
export const CreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }, closed),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }, closed),
    challenge: Type.String(),
    pubKeyCredParams: Type.Array(Type.Object({ type: PublicKey, alg: Type.Integer() }, closed)),
    timeout: Type.Integer({ description: 'Milliseconds.' }),
    excludeCredentials: Type.Array(Descriptor),
    authenticatorSelection: Type.Object(
      {
        residentKey: Type.Literal('required'),
        requireResidentKey: Type.Literal(true),
        userVerification: Type.Literal('required'),
      },
      closed,
    ),
    hints: Type.Array(Type.String()),
    attestation: Type.Literal('direct'),
    extensions: Type.Object({ credProps: Type.Literal(true) }, closed),
  },
  { ...closed, title: 'CreationOptions' },
)
export type CreationOptions = Static<typeof CreationOptions>

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn L3 §5.1). */
export const RequestOptions = Type.Object(
  {
    rpId: Type.String(),
    challenge: Type.String(),
    timeout: Type.Integer({ description: 'Milliseconds.' }),
    userVerification: Type.Literal('required'),
    allowCredentials: Type.Array(Descriptor),
    hints: Type.Array(Type.String()),
  },
  { ...closed, title: 'RequestOptions' },
)
export type RequestOptions = Static<typeof RequestOptions>
