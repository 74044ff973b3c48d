import type { Fault } from '@fobwatch/contracts'
import { parse } from 'csv-parse/sync'

/** A row of a file, by the line that it ends on. */
export interface CsvRow {
  row: number
  cells: string[]
}

/** The rows of a file in CSV (RFC 4180) after the first, which must name the columns; or what is wrong with the whole. */
export const rowsInCsv = (text: string, columns: string): CsvRow[] | Fault => {
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, info: true } as const
    // With `info` each record comes beside where it was; the library's types do not say so.
    const found = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[]
    const [head, ...body] = found.map(({ record, info }) => ({ row: info.lines, cells: record }))
    if (head?.cells.join() === columns) return body
    return { field: 'row 1', why: `The first row must be ${columns}.` }
  } catch {
    return { field: 'file', why: 'This is not CSV: a quote is open, or stands where none can.' }
  }
}
