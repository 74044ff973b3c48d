import { rowsInCsv } from '#csv'
import { Refusal } from '#kernel'

/** The first row of a file. */
const columns = 'staff_id,organisation,position,starts,expires'
const mostRows = 1000

/** What a row of a file asks for, or why it cannot be read. */
export interface AskedRow {
  /** The line of the file. */
  row: number
  staffId: string
  organisation: string
  position: string
  startsAt: Date | undefined
  expiresAt: Date | undefined
  fault: string | null
}

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** A day begins at midnight in UTC; a day that is not in the calendar is none. */
const momentIn = (text: string): Date | undefined => {
  const at = new Date(`${text}T00:00:00.000Z`)
  return day.test(text) && at.toISOString().startsWith(text) ? at : undefined
}

const dateFault = (what: string) => `The ${what} must be a day, such as 2027-03-31.`

const faultOf = (
  [staffId = '', organisation = '', position = '', starts = '', expires = '']: string[],
  cells: number,
) => {
  if (cells !== columns.split(',').length) return 'This row has too few or too many columns.'
  if (!/^\d{12}$/.test(staffId)) return 'A user number has 12 digits.'
  if (organisation === '' || position === '') return 'The organisation or the position is missing.'
  if (starts !== '' && !momentIn(starts)) return dateFault('start')
  if (expires !== '' && !momentIn(expires)) return dateFault('end')
  return null
}

/**
 * Reads a file of assignments.
 * @throws Refusal `file_invalid` where the whole of it is wrong: no CSV, another first row, more than 1,000 rows
 */
export const readRows = (csv: string): AskedRow[] => {
  const found = rowsInCsv(csv, columns)
  if (!Array.isArray(found)) throw new Refusal('file_invalid', undefined, [], [found])
  if (found.length === 0 || found.length > mostRows) {
    const why = found.length === 0 ? 'There is no row below the first.' : 'A file has at most 1,000 rows.'
    throw new Refusal('file_invalid', undefined, [], [{ field: 'file', why }])
  }
  return found.map(({ row, cells }) => {
    const [staffId = '', organisation = '', position = '', starts = '', expires = ''] = cells.map((cell) =>
      cell.replaceAll('\0', '\ufffd').slice(0, 200),
    )
    return {
      ...{ row, staffId, organisation: organisation.toUpperCase(), position },
      ...{ startsAt: momentIn(starts), expiresAt: momentIn(expires) },
      fault: faultOf(cells, cells.length),
    }
  })
}
