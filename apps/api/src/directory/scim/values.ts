import { Day, EmailAddress, ExternalId, LineOfText, NamePart, PhoneNumber } from '@fobwatch/contracts'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Field, Said } from './attributes.ts'
import { refuseValue } from './refuse.ts'

/** What each fact may be: the rules of the desk, and for what feeds alone say, a line of text. */
const forms: Partial<Record<Field, { schema: TSchema; why: string }>> = {
  userName: { schema: LineOfText(254), why: 'must be a line of at most 254 characters' },
  // Before it stands the code of the organisation.
  externalId: { schema: ExternalId, why: 'must be at most 50 letters, digits and . _ : / @ + -' },
  title: { schema: LineOfText(30), why: 'must be a line of at most 30 characters' },
  givenName: { schema: NamePart, why: 'must be a name' },
  middleNames: { schema: NamePart, why: 'must be a name' },
  familyName: { schema: NamePart, why: 'must be a name' },
  email: { schema: EmailAddress, why: 'must be an email address' },
  phone: { schema: PhoneNumber, why: 'must be a phone number, such as 0113 496 0000' },
  employeeNumber: { schema: LineOfText(64), why: 'must be a line of at most 64 characters' },
  department: { schema: LineOfText(200), why: 'must be a line of at most 200 characters' },
  birthDate: { schema: Day, why: 'must be a day, such as 1990-02-28' },
}
const longestExternalId = 50

/** A day may come as a moment, whose time says nothing. */
const dayOf = (value: string) => value.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1')

const checked = (field: Field, value: string): string => {
  const form = forms[field]
  const text = field === 'birthDate' ? dayOf(value) : value.trim()
  if (form && !Value.Check(form.schema, text)) return refuseValue(field, form.why)
  if (field === 'externalId' && text.length > longestExternalId) return refuseValue(field, form?.why ?? '')
  return text
}

/** Holds what is said against what each fact may be. @throws Refusal `value_invalid` for the first that may not */
export const checkSaid = (said: Said): Said =>
  Object.fromEntries(
    Object.entries(said).map(([field, value]) => [
      field,
      typeof value === 'string' ? checked(field as Field, value) : value,
    ]),
  )

/** What there must be of everybody. @throws Refusal `value_invalid` */
export const requireNames = ({ userName, givenName, familyName }: Said) => ({
  userName: userName || refuseValue('userName', 'is missing'),
  givenName: givenName || refuseValue('name.givenName', 'is missing'),
  familyName: familyName || refuseValue('name.familyName', 'is missing'),
})
