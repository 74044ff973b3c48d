import type { IntakeRow } from '@fobwatch/contracts'

/** How many roles, in words that agree with the number. */
export const rolesWords = (count: number): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? 'role' : 'roles'}`

const outcomeWords = { new: 'given', there: 'there already', fault: 'left out' } as const

/** A cell of CSV, in which no spreadsheet sees a formula. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** What became of every row, as CSV. */
export const resultAsCsv = (rows: readonly IntakeRow[]): string =>
  [
    'row,staff_id,organisation,position,outcome,why,person_roleid',
    ...rows.map(({ row, staffId, organisation, position, outcome, why, id }) =>
      [String(row), staffId, organisation, position, outcomeWords[outcome], why ?? '', id ?? ''].map(cell).join(','),
    ),
  ].join('\r\n')
