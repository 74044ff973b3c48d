import type { Details, Person } from './person.ts'

type Names = Pick<Person, 'title' | 'givenName' | 'middleNames' | 'familyName'>

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')

/** What colleagues call the person: given and family name. The claim `name`. */
export const fullName = ({ givenName, familyName }: Pick<Names, 'givenName' | 'familyName'>): string =>
  joined(givenName, familyName)

/** The whole name with its title. The claim `display_name`. */
export const displayName = ({ title, givenName, middleNames, familyName }: Names): string =>
  joined(title, givenName, middleNames, familyName)

/** First letters of the given and middle names, without the family name (X.520 §6.2.5). The claim `initials`. */
export const initials = ({ givenName, middleNames }: Pick<Names, 'givenName' | 'middleNames'>): string =>
  joined(givenName, middleNames)
    .split(/[\s-]+/u)
    .map((word) => [...word][0]?.toLocaleUpperCase('en-GB') ?? '')
    .join('')

const fields = [
  'title',
  'givenName',
  'middleNames',
  'familyName',
  'birthDate',
  'email',
  'phone',
  'externalId',
] as const satisfies readonly (keyof Details)[]

/** What of a person may be changed. */
export const detailsOf = (person: Details): Details =>
  Object.fromEntries(fields.map((field) => [field, person[field]])) as unknown as Details

/** The names of what differs. */
export const changedFields = (before: Details, after: Details): (keyof Details)[] =>
  fields.filter((field) => before[field] !== after[field])
