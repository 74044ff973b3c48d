import { type Static, Type } from 'typebox'
import { AuthenticatorKind, AuthenticatorName, OnIPad } from './authenticators.ts'
import { Base64Url, closed, Moment, TwelveDigits } from './common.ts'
import { RegistrationResponse } from './webauthn.ts'

const Code = Base64Url(32)

/** The kind of device that the desk has in mind for somebody: a wish, and not a rule. */
export const PlannedDevice = Type.Union([
  Type.Literal('phone'),
  Type.Literal('computer'),
  Type.Literal('security-key'),
  Type.Literal('smartcard'),
])
export type PlannedDevice = Static<typeof PlannedDevice>

export const OpenInvitation = Type.Object({ code: Code }, closed)
export type OpenInvitation = Static<typeof OpenInvitation>

/** What the page may show before anyone has proved anything: a name, an employer and a time. */
export const Invitation = Type.Object(
  {
    name: Type.String(),
    givenName: Type.String(),
    organisation: Type.Union([Type.String(), Type.Null()]),
    expiresAt: Moment,
    device: Type.Union([PlannedDevice, Type.Null()], { description: 'What the desk has in mind.' }),
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
    planned: Type.Union([PlannedDevice, Type.Null()], {
      description: 'What the desk had in mind, where this is another kind of device.',
    }),
  },
  { ...closed, title: 'Enrolled' },
)
export type Enrolled = Static<typeof Enrolled>

export const NameEnrolled = Type.Object({ code: Code, name: AuthenticatorName }, closed)
export type NameEnrolled = Static<typeof NameEnrolled>

/** What was read aloud to somebody, and who they are. Groups, spaces and small letters are as good as none. */
export const EnterCode = Type.Object(
  { staffId: TwelveDigits, code: Type.String({ pattern: '^[A-Za-z0-9 -]+$', minLength: 8, maxLength: 20 }) },
  closed,
)
export type EnterCode = Static<typeof EnterCode>

/** A short code is now a set-up code of this browser's. A pass is now a cookie of this browser's. */
export const CodeEntered = Type.Object(
  { channel: Type.Union([Type.Literal('code'), Type.Literal('pass')]), code: Type.Union([Code, Type.Null()]) },
  { ...closed, title: 'CodeEntered' },
)
export type CodeEntered = Static<typeof CodeEntered>

/** The set-up code that takes the place of the one that was used. */
export const EnrolmentUndone = Type.Object({ code: Code }, { ...closed, title: 'EnrolmentUndone' })
export type EnrolmentUndone = Static<typeof EnrolmentUndone>

/** With a pass the browser holds the secret, and no page knows it. */
export const FinishWithPass = Type.Object({ response: RegistrationResponse, onIPad: Type.Optional(OnIPad) }, closed)
export type FinishWithPass = Static<typeof FinishWithPass>
