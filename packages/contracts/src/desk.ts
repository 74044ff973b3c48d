import { type Static, Type } from 'typebox'
import { AuthenticatorKind, DeskAuthenticator, PausedBecause } from './authenticators.ts'
import { closed, Moment, TwelveDigits } from './common.ts'
import { HeldRole } from './sign-in.ts'

export const FindPeople = Type.Object({ search: Type.String({ minLength: 2, maxLength: 100 }) }, closed)
export type FindPeople = Static<typeof FindPeople>

export const FoundPerson = Type.Object(
  {
    staffId: TwelveDigits,
    name: Type.String(),
    email: Type.Union([Type.String(), Type.Null()]),
    organisation: Type.Union([Type.String(), Type.Null()]),
    role: Type.Union([Type.String(), Type.Null()]),
    status: Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('closed')]),
    ways: Type.Integer(),
  },
  { ...closed, title: 'FoundPerson' },
)
export type FoundPerson = Static<typeof FoundPerson>

export const FoundPeople = Type.Object({ people: Type.Array(FoundPerson) }, closed)
export type FoundPeople = Static<typeof FoundPeople>

export const StaffIdParams = Type.Object({ staffId: TwelveDigits }, closed)

/** One device of one person. */
export const TheirAuthenticator = Type.Object({ staffId: TwelveDigits, id: Type.String({ format: 'uuid' }) }, closed)

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

export const SentLink = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    createdAt: Moment,
    expiresAt: Moment,
    state: Type.Union([Type.Literal('open'), Type.Literal('used'), Type.Literal('expired'), Type.Literal('replaced')]),
  },
  closed,
)

export const DeskPerson = Type.Object(
  {
    ...FoundPerson.properties,
    identityLevel: Type.Integer({ minimum: 1, maximum: 3 }),
    authenticators: Type.Array(DeskAuthenticator),
    roles: Type.Array(HeldRole),
    links: Type.Array(SentLink),
  },
  { ...closed, title: 'DeskPerson' },
)
export type DeskPerson = Static<typeof DeskPerson>

export const IssueInvitation = Type.Object(
  { how: Type.Union([Type.Literal('in-person'), Type.Literal('video'), Type.Literal('link')]) },
  closed,
)
export type IssueInvitation = Static<typeof IssueInvitation>

/** Shown once: only a hash of the code is kept. */
export const IssuedInvitation = Type.Object(
  { url: Type.String(), expiresAt: Moment },
  { ...closed, title: 'IssuedInvitation' },
)
export type IssuedInvitation = Static<typeof IssuedInvitation>
