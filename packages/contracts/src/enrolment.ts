import { type Static, Type } from 'typebox'
import { AuthenticatorKind, AuthenticatorName, OnIPad } from './authenticators.ts'
import { Base64Url, closed, Moment } from './common.ts'
import { RegistrationResponse } from './webauthn.ts'

const Code = Base64Url(32)

export const OpenInvitation = Type.Object({ code: Code }, closed)
export type OpenInvitation = Static<typeof OpenInvitation>

/** What the page may show before anyone has proved anything: a name, an employer and a time. */
export const Invitation = Type.Object(
  {
    name: Type.String(),
    givenName: Type.String(),
    organisation: Type.Union([Type.String(), Type.Null()]),
    expiresAt: Moment,
  },
  { ...closed, title: 'Invitation' },
)
export type Invitation = Static<typeof Invitation>

export const FinishEnrolment = Type.Object(
  { code: Code, response: RegistrationResponse, onIPad: Type.Optional(OnIPad) },
  closed,
)
export type FinishEnrolment = Static<typeof FinishEnrolment>

export const Enrolled = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    kind: AuthenticatorKind,
    model: Type.Union([Type.String(), Type.Null()]),
    assuranceLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    reasons: Type.Array(Type.String(), { description: 'Each reads on after "because".' }),
    ways: Type.Integer({ description: 'How many ways to log in the person has now.' }),
  },
  { ...closed, title: 'Enrolled' },
)
export type Enrolled = Static<typeof Enrolled>

export const NameEnrolled = Type.Object({ code: Code, name: AuthenticatorName }, closed)
export type NameEnrolled = Static<typeof NameEnrolled>
