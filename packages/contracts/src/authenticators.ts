import { type Static, Type } from 'typebox'
import { closed, Moment } from './common.ts'
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

/** Says something, and holds nothing that is not seen: no control characters, no line breaks, nothing that turns text. */
export const AuthenticatorName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+$',
})

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
    status: Type.Union([Type.Literal('active'), Type.Literal('suspended')]),
    addedAt: Moment,
    lastUsedAt: Type.Union([Moment, Type.Null()]),
    current: Type.Boolean({ description: 'Whether this session was opened with it.' }),
  },
  { ...closed, title: 'Authenticator' },
)
export type Authenticator = Static<typeof Authenticator>

export const AuthenticatorList = Type.Object({ authenticators: Type.Array(Authenticator) }, closed)
export type AuthenticatorList = Static<typeof AuthenticatorList>

export const AuthenticatorId = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

export const AddAuthenticator = Type.Object({ response: RegistrationResponse }, closed)
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
