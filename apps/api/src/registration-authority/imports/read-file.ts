import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { faultsOfHeads, type Row, type RowFault, readRow } from './columns.ts'

/** Longer than any row of people, in characters. */
const longestRecord = 10_000

/** What is read of a file, row after row: a row, or what is wrong with it. */
export type ReadRow = { row: Row; faults: readonly [] } | { row: undefined; faults: readonly RowFault[] }

/** What the library found wrong with the file, in words of ours; after that nothing of it is read. */
const whyUnreadable: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: 'is too long, or a quotation mark before it is not closed',
  CSV_QUOTE_NOT_CLOSED: 'has a quotation mark that is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'has something after a quotation mark that closes a cell',
  INVALID_OPENING_QUOTE: 'has a quotation mark within a cell',
}

const unreadable = (row: number, why: string): ReadRow => ({ row: undefined, faults: [{ row, column: null, why }] })

/** What was no text, or not in UTF-8, has this where it was read as if it were. */
const isGarbled = (cells: readonly string[]) => cells.some((cell) => cell.includes('\0') || cell.includes('\ufffd'))

const recordOf = (heads: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? '']))

/**
 * Reads people from a file of comma-separated values (RFC 4180, UTF-8, with or without a byte order mark), as it comes:
 * however long it is, little of it is in memory. A row that is wrong does not keep the next from being read; after a
 * quotation mark that is wrong nobody knows what is a row, and nothing is read.
 * @param today a day, as in 2026-11-25
 */
export async function* readFile(file: Readable, today: string): AsyncGenerator<ReadRow> {
  const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true }
  const parser = file.pipe(parse({ ...options, max_record_size: longestRecord }))
  file.on('error', (error) => parser.destroy(error))
  let heads: readonly string[] | undefined
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (heads) {
        yield readCells(heads, record, info.lines, today)
        continue
      }
      heads = record
      const faults = faultsOfHeads(heads)
      if (faults.length > 0) return yield { row: undefined, faults }
    }
    if (!heads) yield unreadable(1, 'is missing: the file is empty')
  } catch (error) {
    const { code, lines } = error as { code?: unknown; lines?: number }
    const why = whyUnreadable[String(code)]
    if (!why) throw error
    yield unreadable(lines ?? 1, why)
  }
}

const readCells = (heads: readonly string[], cells: readonly string[], line: number, today: string): ReadRow => {
  if (cells.length !== heads.length) return unreadable(line, `has ${cells.length} cells for ${heads.length} columns`)
  if (isGarbled(cells)) return unreadable(line, 'has characters that are not in UTF-8')
  return readRow(line, recordOf(heads, cells), today)
}
