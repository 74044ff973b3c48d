import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'

/** A record of a file, and the line that it ends on. */
export interface CsvRecord {
  line: number
  cells: readonly string[]
}

/** What the library found wrong with a file, in words of ours. */
const whyUnreadable: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: 'is too long, or a quotation mark before it is not closed',
  CSV_QUOTE_NOT_CLOSED: 'has a quotation mark that is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'has something after a quotation mark that closes a cell',
  INVALID_OPENING_QUOTE: 'has a quotation mark within a cell',
}

/** A file that is not CSV from some line on; `message` says of that line what is wrong. */
export class UnreadableCsv extends Error {
  readonly line: number
  constructor(line: number, why: string) {
    super(why)
    this.line = line
  }
}

/**
 * Reads a file as it comes: however long it is, little of it is in memory.
 * @param longestRecord in characters
 * @throws UnreadableCsv after a quotation mark that is wrong, where nobody knows what is a record any more
 */
export async function* recordsIn(file: Readable, longestRecord: number): AsyncGenerator<CsvRecord> {
  const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }
  const parser = file.pipe(parse({ ...options, max_record_size: longestRecord }))
  file.on('error', (error) => parser.destroy(error))
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: info.lines, cells: record }
  } catch (error) {
    const { code, lines } = error as { code?: unknown; lines?: number }
    const why = whyUnreadable[String(code)]
    throw why ? new UnreadableCsv(lines ?? 1, why) : error
  }
}
