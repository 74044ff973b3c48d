import { type Static, type TSchema, Type } from 'typebox'
import { closed, Moment, Note, TwelveDigits } from './common.ts'
import {
  closedBecause,
  Day,
  type DocumentKind,
  documents,
  ExternalId,
  erasedBecause,
  evidenceParts,
  OrganisationCode,
  oneOf,
  PersonDetails,
  Profession,
  personStatuses,
  professionalBodyCodes,
  proofMethods,
  ShownDocument,
  suspendedBecause,
} from './people.ts'

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Level = Type.Integer({ minimum: 1, maximum: 3 })

/** How who somebody is was proved, and how well. */
export const Proof = Type.Object(
  { level: Level, how: oneOf(proofMethods), evidence: Type.Array(ShownDocument, { maxItems: 6 }) },
  closed,
)
export type Proof = Static<typeof Proof>

const Professions = Type.Array(Profession, { maxItems: professionalBodyCodes.length })

/** What is known of somebody before they have a profile, by which they may be found to have one. */
export const CheckDuplicates = Type.Object(
  {
    givenName: PersonDetails.properties.givenName,
    familyName: PersonDetails.properties.familyName,
    birthDate: PersonDetails.properties.birthDate,
    email: PersonDetails.properties.email,
    externalId: Type.Optional(orNull(ExternalId)),
    professions: Type.Optional(Professions),
    evidence: Type.Optional(Type.Array(ShownDocument, { maxItems: 6 })),
  },
  closed,
)
export type CheckDuplicates = Static<typeof CheckDuplicates>

/** What somebody who may be the same has in common. */
export const alikeIn = [
  'external-id',
  'document',
  'profession',
  'email',
  'name',
  'similar-name',
  'birth-date',
  'similar-birth-date',
] as const

/** Somebody who may be the same. Of those outside the agent's reach there is only that they are, and in what. */
export const PossibleMatch = Type.Object(
  {
    id: Type.String({ description: 'Names the match to this agent alone, to say that it was looked at.' }),
    how: oneOf(['likely', 'possible']),
    alikeIn: Type.Array(oneOf(alikeIn)),
    person: orNull(
      Type.Object(
        {
          staffId: TwelveDigits,
          name: Type.String(),
          birthDate: orNull(Day),
          organisation: orNull(Type.String()),
          status: oneOf(personStatuses),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type PossibleMatch = Static<typeof PossibleMatch>

/** The likeliest first; at most 20. */
export const PossibleMatches = Type.Object(
  { matches: Type.Array(PossibleMatch) },
  { ...closed, title: 'PossibleMatches' },
)
export type PossibleMatches = Static<typeof PossibleMatches>

export const CreatePerson = Type.Object(
  {
    ...PersonDetails.properties,
    birthDate: Day,
    organisation: OrganisationCode,
    externalId: Type.Optional(orNull(ExternalId)),
    professions: Type.Optional(Professions),
    identity: Proof,
    acknowledged: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 50,
        description: 'The ids of the possible matches that were looked at. One that is missing is refused.',
      }),
    ),
  },
  closed,
)
export type CreatePerson = Static<typeof CreatePerson>

export const CreatedPerson = Type.Object(
  { staffId: TwelveDigits, name: Type.String() },
  { ...closed, title: 'CreatedPerson' },
)
export type CreatedPerson = Static<typeof CreatedPerson>

/** What is named is changed; null takes it away. */
export const ChangePerson = Type.Object(
  { ...Type.Partial(PersonDetails).properties, version: Type.Integer({ minimum: 1 }) },
  closed,
)
export type ChangePerson = Static<typeof ChangePerson>

export const ChangedPerson = Type.Object({ version: Type.Integer() }, { ...closed, title: 'ChangedPerson' })
export type ChangedPerson = Static<typeof ChangedPerson>

export const ProfessionParams = Type.Object({ staffId: TwelveDigits, body: oneOf(professionalBodyCodes) }, closed)
export type ProfessionParams = Static<typeof ProfessionParams>
export const SetProfession = Type.Object({ number: Profession.properties.number }, closed)
export type SetProfession = Static<typeof SetProfession>

export const SuspendPerson = Type.Object({ because: oneOf(suspendedBecause), note: Type.Optional(Note) }, closed)
export type SuspendPerson = Static<typeof SuspendPerson>
export const ReinstatePerson = Type.Object({ note: Type.Optional(Note) }, closed)
export type ReinstatePerson = Static<typeof ReinstatePerson>
export const ClosePerson = Type.Object({ because: oneOf(closedBecause), note: Type.Optional(Note) }, closed)
export type ClosePerson = Static<typeof ClosePerson>
export const ReopenPerson = Type.Object({ note: Note }, closed)
export type ReopenPerson = Static<typeof ReopenPerson>
export const ErasePerson = Type.Object({ because: oneOf(erasedBecause) }, closed)
export type ErasePerson = Static<typeof ErasePerson>

const WayToDo = oneOf(['yes', 'by-request', 'no'])

/** A document that was shown, as far as it is kept. */
export const KeptDocument = Type.Object(
  {
    level: Level,
    part: oneOf(evidenceParts),
    document: oneOf(Object.keys(documents) as DocumentKind[]),
    numberEnd: orNull(Type.String()),
    nameOnDocument: Type.String(),
    how: oneOf(proofMethods),
    provedBy: orNull(Type.String({ description: 'The name of whoever looked at it.' })),
    provedAt: Moment,
  },
  closed,
)
export type KeptDocument = Static<typeof KeptDocument>

/** What the desk keeps of a person beside what they log in with and what they may do. */
export const DeskProfile = Type.Object(
  {
    staffId: TwelveDigits,
    /** Names the row as it was seen. */
    version: Type.Integer(),
    title: orNull(Type.String()),
    givenName: Type.String(),
    middleNames: orNull(Type.String()),
    familyName: Type.String(),
    birthDate: orNull(Day),
    email: orNull(Type.String()),
    phone: orNull(Type.String()),
    externalId: orNull(Type.String()),
    identity: Type.Object(
      {
        level: Level,
        how: orNull(oneOf(proofMethods)),
        provedBy: orNull(Type.String()),
        provedAt: orNull(Moment),
        evidence: Type.Array(KeptDocument),
      },
      closed,
    ),
    professions: Professions,
    standing: Type.Object(
      {
        status: oneOf(personStatuses),
        because: orNull(Type.String()),
        note: orNull(Type.String()),
        by: orNull(Type.String()),
        at: orNull(Moment),
        erasedAt: orNull(Moment),
      },
      closed,
    ),
    isMe: Type.Boolean(),
    /** What the agent may do to them. */
    may: Type.Object({ change: WayToDo, prove: WayToDo, close: WayToDo, erase: WayToDo }, closed),
    createdAt: Moment,
    updatedAt: Moment,
  },
  { ...closed, title: 'DeskProfile' },
)
export type DeskProfile = Static<typeof DeskProfile>
