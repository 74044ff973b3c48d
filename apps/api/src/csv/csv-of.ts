import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/**
 * Writes rows as CSV, as they come: a first row with the names of the columns, and a byte order mark, without which Excel
 * takes UTF-8 for something else. A cell that a spreadsheet would take for a formula gets a quote in front.
 * @param columns which fields of a row, in their order
 */
export const csvOf = (columns: readonly string[], rows: AsyncIterable<Record<string, unknown>>): Readable => {
  const lines = Readable.from(rows)
  const content = stringify({ header: true, columns: [...columns], escape_formulas: true, bom: true })
  lines.on('error', (error) => content.destroy(error))
  content.on('close', () => lines.destroy())
  return lines.pipe(content)
}
