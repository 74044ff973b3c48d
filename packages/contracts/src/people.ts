import { type Static, type TSchema, Type } from 'typebox'
import { closed, LineOfText } from './common.ts'

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** One of a closed list of words. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words] })

/** A part of a name. */
export const NamePart = LineOfText(100)

/** A day, as in 1990-02-28. There was no year 0, and PostgreSQL keeps no day of it. */
export const Day = Type.String({ format: 'date', pattern: '^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** Where letters go; that it exists is seen when one does. */
export const EmailAddress = Type.String({
  maxLength: 254,
  pattern: '^[^\\s\\p{Cc}\\p{Cf}@<>"]+@[^\\s\\p{Cc}\\p{Cf}@<>"]+$',
})

/** As people write it, with an extension where there is one. */
export const PhoneNumber = Type.String({ pattern: '^\\+?[0-9 ()-]{5,24}( ?x[0-9]{1,6})?$' })

/** What the HR system calls a person. */
export const ExternalId = Type.String({ pattern: '^[A-Za-z0-9._:/@+-]{1,64}$' })

/** The code of an organisation. */
export const OrganisationCode = Type.String({ pattern: '^[A-Z0-9]{3,10}$' })

/** Bodies of a profession that give people of health care a number, by CIS2's words. */
export const professionalBodyCodes = ['gmc', 'gdc', 'nmc', 'gphc', 'rcn', 'gmp', 'gdp', 'consultant'] as const
export type ProfessionalBodyCode = (typeof professionalBodyCodes)[number]

/** A number at a body of a profession. */
export const Profession = Type.Object(
  { body: oneOf(professionalBodyCodes), number: Type.String({ pattern: '^[A-Za-z0-9-]{3,20}$' }) },
  closed,
)
export type Profession = Static<typeof Profession>

/** The parts that a document can play in proving who somebody is. */
export const evidenceParts = ['photo', 'address', 'other'] as const
export type EvidencePart = (typeof evidenceParts)[number]

/** Documents that are taken, and which parts each can play. */
export const documents = {
  passport: ['photo', 'other'],
  'driving-licence': ['photo', 'address', 'other'],
  'identity-card': ['photo', 'other'],
  'residence-permit': ['photo', 'other'],
  'utility-bill': ['address', 'other'],
  'bank-statement': ['address', 'other'],
  'council-tax-bill': ['address', 'other'],
  'tax-letter': ['address', 'other'],
  'tenancy-agreement': ['address', 'other'],
  'birth-certificate': ['other'],
  'marriage-certificate': ['other'],
  'registration-certificate': ['other'],
  'degree-certificate': ['other'],
} as const satisfies Record<string, readonly EvidencePart[]>
export type DocumentKind = keyof typeof documents

export const proofMethods = ['in-person', 'video'] as const
export type ProofMethod = (typeof proofMethods)[number]

/** A document that somebody shows. Its number is not kept, but for a keyed hash and its last three characters. */
export const ShownDocument = Type.Object(
  {
    part: oneOf(evidenceParts),
    document: oneOf(Object.keys(documents) as DocumentKind[]),
    number: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 /.-]{2,39}$' })),
    nameOnDocument: LineOfText(200),
  },
  closed,
)
export type ShownDocument = Static<typeof ShownDocument>

/** What tells who a person is and how they are reached. */
export const PersonDetails = Type.Object(
  {
    title: Type.Optional(orNull(LineOfText(30))),
    givenName: NamePart,
    middleNames: Type.Optional(orNull(NamePart)),
    familyName: NamePart,
    birthDate: Type.Optional(orNull(Day)),
    email: Type.Optional(orNull(EmailAddress)),
    phone: Type.Optional(orNull(PhoneNumber)),
  },
  closed,
)
export type PersonDetails = Static<typeof PersonDetails>

export const personStatuses = ['active', 'suspended', 'closed'] as const
export type PersonStatus = (typeof personStatuses)[number]

/** Why a profile was paused or closed, in one word. */
export const suspendedBecause = ['leave', 'concern', 'other'] as const
export const closedBecause = ['left', 'died', 'duplicate', 'mistake'] as const
/** Why what is personal is erased: nothing is written beside it, since it would be about them. */
export const erasedBecause = ['asked', 'not-needed', 'mistake'] as const
