import { type Static, Type } from 'typebox'
import { Authenticator, AuthenticatorKind, PausedBecause } from './authenticators.ts'
import { closed, Moment, Note, TwelveDigits } from './common.ts'

/** Someone else's, as the desk sees it. */
export const DeskAuthenticator = Type.Object(
  {
    ...Authenticator.properties,
    changedBy: Type.Union([Type.String(), Type.Null()], {
      description: 'The name of whoever gave it its status; null where the service did, or somebody by command.',
    }),
    note: Type.Union([Type.String(), Type.Null()], { description: 'What they wrote beside it.' }),
  },
  { ...closed, title: 'DeskAuthenticator' },
)
export type DeskAuthenticator = Static<typeof DeskAuthenticator>

/** One device of one person. */
export const TheirAuthenticator = Type.Object({ staffId: TwelveDigits, id: Type.String({ format: 'uuid' }) }, closed)
export type TheirAuthenticator = Static<typeof TheirAuthenticator>

export const SuspendAuthenticator = Type.Object(
  {
    because: Type.Union([Type.Literal('lost'), Type.Literal('stolen'), Type.Literal('desk')]),
    note: Type.Optional(Note),
  },
  closed,
)
export type SuspendAuthenticator = Static<typeof SuspendAuthenticator>

export const ReinstateAuthenticator = Type.Object({ note: Type.Optional(Note) }, closed)
export type ReinstateAuthenticator = Static<typeof ReinstateAuthenticator>

export const RevokeAuthenticator = Type.Object(
  { because: Type.Union([Type.Literal('desk'), Type.Literal('left')]), note: Type.Optional(Note) },
  closed,
)
export type RevokeAuthenticator = Static<typeof RevokeAuthenticator>

export const SetExpiry = Type.Object({ expiresAt: Type.Union([Moment, Type.Null()]) }, closed)
export type SetExpiry = Static<typeof SetExpiry>

/** `after` is `next` of the page before. */
export const ListPaused = Type.Object(
  {
    because: Type.Optional(PausedBecause),
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })),
  },
  closed,
)
export type ListPaused = Static<typeof ListPaused>

/** A device that is paused, in the desk's list of work, and whose it is. */
export const PausedAuthenticator = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    staffId: TwelveDigits,
    person: Type.String(),
    name: Type.String(),
    kind: AuthenticatorKind,
    model: Type.Union([Type.String(), Type.Null()]),
    because: PausedBecause,
    since: Moment,
    note: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)

/** The longest paused first. */
export const PausedAuthenticators = Type.Object(
  { paused: Type.Array(PausedAuthenticator), next: Type.Union([Type.String(), Type.Null()]) },
  { ...closed, title: 'PausedAuthenticators' },
)
export type PausedAuthenticators = Static<typeof PausedAuthenticators>
