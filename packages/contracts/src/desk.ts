import { type Static, Type } from 'typebox'
import { closed, Moment, TwelveDigits, Uuid } from './common.ts'
import { DeskAuthenticator } from './desk-authenticators.ts'
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

/** What a link is to be, as it is asked for. */
export const AskedInvitation = Type.Object(
  { how: Type.Union([Type.Literal('in-person'), Type.Literal('video'), Type.Literal('link')]) },
  closed,
)

export const IssueInvitation = Type.Object(
  {
    ...AskedInvitation.properties,
    request: Type.Optional({ ...Uuid, description: 'Of a second person who approved it, where that is needed.' }),
  },
  closed,
)
export type IssueInvitation = Static<typeof IssueInvitation>

/** Shown once: only a hash of the code is kept. */
export const IssuedInvitation = Type.Object(
  { url: Type.String(), expiresAt: Moment },
  { ...closed, title: 'IssuedInvitation' },
)
export type IssuedInvitation = Static<typeof IssuedInvitation>
