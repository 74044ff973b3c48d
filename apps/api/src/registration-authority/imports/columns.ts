import { Day, EmailAddress, ExternalId, LineOfText, NamePart, OrganisationCode, PhoneNumber } from '@fobwatch/contracts'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** What a file may say of a person: docs/feeds.md has the same, with an example. */
const columns = {
  external_id: { schema: ExternalId, why: 'must be at most 50 letters, digits and . _ : / @ + -' },
  title: { schema: LineOfText(30), why: 'must be at most 30 characters' },
  given_name: { schema: NamePart, why: 'must be a name of at most 100 characters', required: true },
  middle_names: { schema: NamePart, why: 'must be a name of at most 100 characters' },
  family_name: { schema: NamePart, why: 'must be a name of at most 100 characters', required: true },
  birth_date: { schema: Day, why: 'must be a day, such as 1990-02-28', required: true },
  email: { schema: EmailAddress, why: 'must be an email address' },
  phone: { schema: PhoneNumber, why: 'must be a phone number, such as 0113 496 0000' },
  organisation: { schema: OrganisationCode, why: 'must be the ODS code of an organisation', required: true },
} as const satisfies Record<string, { schema: TSchema; why: string; required?: true }>

export type Column = keyof typeof columns
const columnNames = Object.keys(columns) as Column[]
const requiredColumns = columnNames.filter((name) => 'required' in columns[name])

/** A fault of a file, where it lies: the line of the file, the first being 1, and the column, where it is of one. */
export interface RowFault {
  row: number
  column: string | null
  why: string
}

/** A row whose every part may be what it is. */
export interface Row {
  /** The line of the file on which it begins. */
  line: number
  externalId: string | null
  title: string | null
  givenName: string
  middleNames: string | null
  familyName: string
  birthDate: string
  email: string | null
  phone: string | null
  /** ODS code. */
  organisation: string
}

/** Before the number stands the code of the organisation. */
const longestExternalId = 50

/** What is wrong with the heads of the columns: a fault of the whole file. */
export const faultsOfHeads = (heads: readonly string[]): RowFault[] => {
  const fault = (column: string, why: string): RowFault => ({ row: 1, column: column.slice(0, 60), why })
  return [
    ...heads
      .filter((name) => !columnNames.some((each) => each === name))
      .map((name) => fault(name, 'is not a column that is known')),
    ...heads.filter((name, at) => heads.indexOf(name) < at).map((name) => fault(name, 'is there twice')),
    ...requiredColumns.filter((name) => !heads.includes(name)).map((name) => fault(name, 'is missing')),
  ]
}

/** What a spreadsheet would take for a formula, when somebody opens a list with it in. Nobody is called so. */
const isFormula = (name: Column, value: string) =>
  (name.endsWith('_name') || name.endsWith('_names') || name === 'title') && /^[=+@-]/.test(value)

const faultOf = (name: Column, value: string): string | undefined => {
  const column = columns[name]
  if (value === '') return 'required' in column ? 'must not be empty' : undefined
  if (name === 'external_id' && value.length > longestExternalId) return column.why
  if (isFormula(name, value)) return 'must not begin with =, +, - or @'
  return Value.Check(column.schema, value) ? undefined : column.why
}

const earliest = '1900-01-01'

/** What is wrong with a day on which nobody who works can have been born. */
const faultOfDay = (day: string, today: string): string | undefined =>
  day < earliest || day > today ? 'must be a day on which they can have been born' : undefined

/**
 * Reads one row by the heads of its columns.
 * @param today a day, as in 2026-11-25
 */
export const readRow = (
  line: number,
  record: Readonly<Record<string, string>>,
  today: string,
): { row: Row; faults: [] } | { row: undefined; faults: RowFault[] } => {
  const value = (name: Column) => record[name]?.trim() ?? ''
  const faults = columnNames.flatMap((column): RowFault[] => {
    const why =
      faultOf(column, value(column)) ?? (column === 'birth_date' ? faultOfDay(value(column), today) : undefined)
    return why ? [{ row: line, column, why }] : []
  })
  if (faults.length > 0) return { row: undefined, faults }
  const orNull = (name: Column) => value(name) || null
  const row = {
    ...{ line, externalId: orNull('external_id'), title: orNull('title'), givenName: value('given_name') },
    ...{ middleNames: orNull('middle_names'), familyName: value('family_name'), birthDate: value('birth_date') },
    ...{ email: orNull('email'), phone: orNull('phone'), organisation: value('organisation') },
  }
  return { row, faults: [] }
}
