import { type Static, Type } from 'typebox'
import { closed, Moment, TwelveDigits } from './common.ts'
import { AuthenticationResponse } from './webauthn.ts'

/** A role that a person holds now. */
export const HeldRole = Type.Object(
  {
    id: TwelveDigits,
    role: Type.String(),
    position: Type.String(),
    organisation: Type.String(),
    organisationCode: Type.String(),
    lastUsedAt: Type.Union([Moment, Type.Null()]),
  },
  { ...closed, title: 'HeldRole' },
)
export type HeldRole = Static<typeof HeldRole>

/** A sign-in in progress: the application's, or `fobwatch` for our own pages. */
export const InteractionParams = Type.Object({ interaction: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) }, closed)

/** What the page must show next. */
export const SignInState = Type.Object(
  {
    application: Type.Union([Type.String(), Type.Null()]),
    /** `authenticate`: press the button. `role`: choose one of `roles`. */
    stage: Type.Union([Type.Literal('authenticate'), Type.Literal('role')]),
    name: Type.Union([Type.String(), Type.Null()], { description: 'Who chooses; null before the assertion.' }),
    roles: Type.Array(HeldRole),
  },
  { ...closed, title: 'SignInState' },
)
export type SignInState = Static<typeof SignInState>

export const FinishSignIn = Type.Object({ response: AuthenticationResponse }, closed)
export type FinishSignIn = Static<typeof FinishSignIn>

export const ChooseRole = Type.Object({ role: TwelveDigits }, closed)
export type ChooseRole = Static<typeof ChooseRole>

/** Either a role must be chosen first, or the browser goes on to `url`. */
export const SignInStep = Type.Union(
  [
    Type.Object({ next: Type.Literal('role'), name: Type.String(), roles: Type.Array(HeldRole) }, closed),
    Type.Object({ next: Type.Literal('continue'), url: Type.String() }, closed),
  ],
  { title: 'SignInStep' },
)
export type SignInStep = Static<typeof SignInStep>

/** Who is signed in here. */
export const SessionView = Type.Object(
  {
    name: Type.String(),
    staffId: TwelveDigits,
    role: Type.Union([HeldRole, Type.Null()]),
    authenticatedAt: Moment,
    assuranceLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    reachableLevel: Type.Integer({
      minimum: 1,
      maximum: 3,
      description: 'The highest level that this person can reach with what they have.',
    }),
    reasons: Type.Array(Type.String()),
    desk: Type.Boolean({ description: 'Whether the desk is open to this person.' }),
  },
  { ...closed, title: 'Session' },
)
export type SessionView = Static<typeof SessionView>

export const BeginReassertion = Type.Object(
  {
    level: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, description: 'Name devices of this level at least.' })),
  },
  closed,
)
export type BeginReassertion = Static<typeof BeginReassertion>

export const Reassert = Type.Object({ response: AuthenticationResponse }, closed)
export type Reassert = Static<typeof Reassert>
