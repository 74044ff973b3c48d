import { type Static, Type } from 'typebox'
import { closed, Moment, TwelveDigits } from './common.ts'
import { DeskAuthenticator } from './desk-authenticators.ts'
import { SentLink } from './issuing.ts'
import { LoggedInPlace } from './sessions.ts'
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
    paused: Type.Integer({ description: 'Ways that are paused, and do not count among those.' }),
  },
  { ...closed, title: 'FoundPerson' },
)
export type FoundPerson = Static<typeof FoundPerson>

export const FoundPeople = Type.Object({ people: Type.Array(FoundPerson) }, closed)
export type FoundPeople = Static<typeof FoundPeople>

export const StaffIdParams = Type.Object({ staffId: TwelveDigits }, closed)

/** Something that happened to a person, as far as everybody may know who may see them. */
const LastEvent = Type.Object(
  {
    at: Moment,
    type: Type.String({ description: 'One of the names of events of this version, or of an older one.' }),
    outcome: Type.String(),
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
    places: Type.Array(LoggedInPlace, { description: 'Where they are logged in, the last used first.' }),
    events: Type.Array(LastEvent, {
      maxItems: 5,
      description: 'What happened to them last, newest first; that somebody looked is left out.',
    }),
  },
  { ...closed, title: 'DeskPerson' },
)
export type DeskPerson = Static<typeof DeskPerson>
