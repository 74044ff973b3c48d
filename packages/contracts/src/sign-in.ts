import { type Static, Type } from 'typebox'
import { AuthenticatorKind } from './authenticators.ts'
import { closed, Moment, TwelveDigits, Uuid } from './common.ts'
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

export const HeldRoles = Type.Object({ roles: Type.Array(HeldRole) }, closed)
export type HeldRoles = Static<typeof HeldRoles>

/** A sign-in in progress: the application's, or `fobwatch` for our own pages. */
export const InteractionParams = Type.Object({ interaction: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) }, closed)

/** A stronger check that is asked of somebody who is signed in. */
export const StrongerCheck = Type.Object(
  {
    used: Type.String({ description: 'What they logged in with, as they call it.' }),
    usedLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    level: Type.Union([Type.Literal(2), Type.Literal(3), Type.Null()], {
      description: 'What is asked for; null where only methods are that nobody has here.',
    }),
    demanded: Type.Boolean({ description: 'Whether the application takes nothing less.' }),
    ways: Type.Array(Type.Object({ name: Type.String(), kind: AuthenticatorKind }, closed), {
      description: 'Their ways to log in that would do.',
    }),
  },
  { ...closed, title: 'StrongerCheck' },
)
export type StrongerCheck = Static<typeof StrongerCheck>

/** One of the people of the sandbox who are signed in in a browser. */
export const Account = Type.Object(
  {
    session: Uuid,
    name: Type.String(),
    staffId: TwelveDigits,
    current: Type.Boolean({ description: 'Whether they are who is logged in at present.' }),
    authenticatedAt: Moment,
    assuranceLevel: Type.Integer({ minimum: 1, maximum: 3 }),
  },
  { ...closed, title: 'Account' },
)
export type Account = Static<typeof Account>

export const ChooseAccount = Type.Object({ session: Uuid }, closed)
export type ChooseAccount = Static<typeof ChooseAccount>

/** What the page must show next. */
export const SignInState = Type.Object(
  {
    application: Type.Union([Type.String(), Type.Null()]),
    hint: Type.Union([Type.String(), Type.Null()], { description: 'Whom the application expects, by its own word.' }),
    /**
     * `authenticate`: press the button. `account`: the same, or choose one of `accounts`. `stronger`: press it, with one of
     * some ways. `role`: choose one of `roles`.
     */
    stage: Type.Union([
      Type.Literal('authenticate'),
      Type.Literal('account'),
      Type.Literal('stronger'),
      Type.Literal('role'),
    ]),
    accounts: Type.Array(Account, { description: 'People of the sandbox who are logged in here.' }),
    stronger: Type.Union([StrongerCheck, Type.Null()]),
    name: Type.Union([Type.String(), Type.Null()], {
      description:
        'Who chooses, or is logged in and is to prove it again; null where nobody is, or other people use the device.',
    }),
    roles: Type.Array(HeldRole),
    shared: Type.Boolean({ description: 'Whether this browser is marked as one that several people use.' }),
    personas: Type.Boolean({ description: 'Whether testers can log in here as a persona of the sandbox.' }),
  },
  { ...closed, title: 'SignInState' },
)
export type SignInState = Static<typeof SignInState>

export const FinishSignIn = Type.Object(
  {
    response: AuthenticationResponse,
    shared: Type.Optional(Type.Boolean({ description: 'Whether other people use this device, as its person says.' })),
  },
  closed,
)
export type FinishSignIn = Static<typeof FinishSignIn>

export const ChooseRole = Type.Object({ role: TwelveDigits }, closed)
export type ChooseRole = Static<typeof ChooseRole>

/** A stronger check is asked for, or a role must be chosen first, or the browser goes on to `url`. */
export const SignInStep = Type.Union(
  [
    Type.Object({ next: Type.Literal('stronger') }, closed),
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
    mayChangeRole: Type.Boolean({ description: 'Whether they hold another role.' }),
    authenticatedAt: Moment,
    assuranceLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    reachableLevel: Type.Integer({
      minimum: 1,
      maximum: 3,
      description: 'The highest level that this person can reach with what they have.',
    }),
    reasons: Type.Array(Type.String()),
    desk: Type.Array(Type.String(), { description: 'The tasks at the desk that their duties allow, in any way.' }),
    shared: Type.Boolean({ description: 'Whether other people use this device.' }),
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
