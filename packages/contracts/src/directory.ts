import { type Static, Type } from 'typebox'
import { closed, TwelveDigits } from './common.ts'

const CodeAndName = Type.Object({ code: Type.String(), name: Type.String() }, closed)
const OrNull = (description: string) =>
  Type.Union([Type.String({ description }), Type.Null({ description: 'Not known.' })])

/** A role, as the clean form of tokens has it. */
const DirectoryRole = Type.Object(
  {
    person_orgid: TwelveDigits,
    person_roleid: TwelveDigits,
    org_code: Type.String({ description: 'ODS code.' }),
    org_name: Type.String(),
    role_code: Type.String(),
    role_name: Type.String(),
    position: Type.String(),
    activities: Type.Array(CodeAndName, {
      description: 'All that the role allows, the baseline and what it includes.',
    }),
    workgroups: Type.Array(CodeAndName),
    aow: Type.Array(CodeAndName),
  },
  { ...closed, title: 'DirectoryRole' },
)

/** What an application learns of a person whom it asks about. */
export const DirectoryPerson = Type.Object(
  {
    sub: TwelveDigits,
    name: Type.String(),
    given_name: Type.String(),
    family_name: Type.String(),
    title: OrNull('Such as Dr.'),
    status: Type.Unsafe<'active' | 'suspended'>({
      type: 'string',
      enum: ['active', 'suspended'],
      description: 'Whoever is suspended has no role meanwhile.',
    }),
    professional_registrations: Type.Array(
      Type.Object({ body: Type.String({ description: 'Such as nmc.' }), number: Type.String() }, closed),
    ),
    roles: Type.Array(DirectoryRole, { description: 'Those that hold now.' }),
  },
  { ...closed, title: 'DirectoryPerson' },
)
export type DirectoryPerson = Static<typeof DirectoryPerson>

const AskedPeople = Type.Array(TwelveDigits, { minItems: 1, maxItems: 100, uniqueItems: true })
export const AskPeople = Type.Object({ staffIds: AskedPeople }, closed)
export type AskPeople = Static<typeof AskPeople>

/** Of several people those who are there, those who have left, and those whom nobody knows. */
export const DirectoryPeople = Type.Object(
  { people: Type.Array(DirectoryPerson), closed: Type.Array(TwelveDigits), unknown: Type.Array(TwelveDigits) },
  closed,
)
export type DirectoryPeople = Static<typeof DirectoryPeople>
