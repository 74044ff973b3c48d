import { type Static, Type } from 'typebox'
import { closed, LineOfText, Moment } from './common.ts'
import { RegistrationResponse } from './webauthn.ts'

export const AuthenticatorKind = Type.Union(
  [
    Type.Literal('phone'),
    Type.Literal('tablet'),
    Type.Literal('computer'),
    Type.Literal('security-key'),
    Type.Literal('smartcard'),
    Type.Literal('passkey'),
  ],
  { description: 'What people would call it.' },
)
export type AuthenticatorKind = Static<typeof AuthenticatorKind>

export const AuthenticatorName = LineOfText(60)

/** Why one is paused: lost or stolen, the desk wanted it, its model is not safe any more, or its key was copied. */
export const PausedBecause = Type.Union([
  Type.Literal('lost'),
  Type.Literal('stolen'),
  Type.Literal('desk'),
  Type.Literal('model'),
  Type.Literal('copied'),
])
export type PausedBecause = Static<typeof PausedBecause>

/** The act that bound one to its person. */
const BoundBy = Type.Union([
  Type.Literal('in-person'),
  Type.Literal('video'),
  Type.Literal('link'),
  Type.Literal('session'),
  Type.Literal('command'),
])

/** One of a person's ways to log in. */
export const Authenticator = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    kind: AuthenticatorKind,
    model: Type.Union([Type.String(), Type.Null()], { description: 'From the AAGUID, where it is known.' }),
    icon: Type.Union([Type.String(), Type.Null()], {
      description: "The path of its model's picture, if there is one.",
    }),
    assuranceLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    reasons: Type.Array(Type.String(), { description: 'Each reads on after "because".' }),
    status: Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('expired')]),
    because: Type.Union([PausedBecause, Type.Null()], { description: 'Why it is suspended.' }),
    changedAt: Type.Union([Moment, Type.Null()], { description: 'Since when it has its status; null from the first.' }),
    expiresAt: Type.Union([Moment, Type.Null()], { description: 'From then on it opens nothing.' }),
    mayReinstate: Type.Boolean({
      description: 'Whether its holder may end the pause: they reported it lost themselves.',
    }),
    boundBy: BoundBy,
    addedAt: Moment,
    lastUsedAt: Type.Union([Moment, Type.Null()]),
    current: Type.Boolean({ description: 'Whether this session was opened with it.' }),
  },
  { ...closed, title: 'Authenticator' },
)
export type Authenticator = Static<typeof Authenticator>

/**
 * What a browser tells the devices of a person (WebAuthn L3 §5.1.10): which passkeys are theirs here, so that those which
 * are not are put away, and what the person is called. A paused passkey is among them, or a device would drop it.
 */
export const Signals = Type.Object(
  {
    rpId: Type.String(),
    userId: Type.String({ description: 'The user handle, base64url.' }),
    name: Type.String(),
    displayName: Type.String(),
    credentialIds: Type.Array(Type.String(), { description: 'Base64url.' }),
  },
  { ...closed, title: 'Signals' },
)
export type Signals = Static<typeof Signals>

/** A person's ways to log in as they stand, for whoever asked and for whoever has just changed one. */
export const AuthenticatorList = Type.Object(
  { authenticators: Type.Array(Authenticator), signals: Signals },
  { ...closed, title: 'AuthenticatorList' },
)
export type AuthenticatorList = Static<typeof AuthenticatorList>

export const AuthenticatorId = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

/** What a page knows of its device and its browser does not say. A label, as a user agent is, and no fact to trust. */
export const OnIPad = Type.Boolean({
  description: 'Whether the page runs on an iPad, whose browser says that it is a Mac.',
})

export const AddAuthenticator = Type.Object({ response: RegistrationResponse, onIPad: Type.Optional(OnIPad) }, closed)
export type AddAuthenticator = Static<typeof AddAuthenticator>

export const RenameAuthenticator = Type.Object({ name: AuthenticatorName }, closed)

export const RemoveAuthenticator = Type.Object(
  {
    evenIfLast: Type.Optional(
      Type.Boolean({ description: 'The person was told that they could not log in any more, and wants it so.' }),
    ),
  },
  closed,
)
