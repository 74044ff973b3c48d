import type { Readable } from 'node:stream'
import { recordsIn, UnreadableCsv } from '#csv'
import { faultsOfHeads, type Row, type RowFault, readRow } from './columns.ts'

/** Longer than any row of people, in characters. */
const longestRecord = 10_000

/** What is read of a file, row after row: a row, or what is wrong with it. */
export type ReadRow = { row: Row; faults: readonly [] } | { row: undefined; faults: readonly RowFault[] }

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
  let heads: readonly string[] | undefined
  try {
    for await (const { cells, line } of recordsIn(file, longestRecord)) {
      if (heads) {
        yield readCells(heads, cells, line, today)
        continue
      }
      heads = cells
      const faults = faultsOfHeads(heads)
      if (faults.length > 0) return yield { row: undefined, faults }
    }
    if (!heads) yield unreadable(1, 'is missing: the file is empty')
  } catch (error) {
    if (!(error instanceof UnreadableCsv)) throw error
    yield unreadable(error.line, error.message)
  }
}

const readCells = (heads: readonly string[], cells: readonly string[], line: number, today: string): ReadRow => {
  if (cells.length !== heads.length) return unreadable(line, `has ${cells.length} cells for ${heads.length} columns`)
  if (isGarbled(cells)) return unreadable(line, 'has characters that are not in UTF-8')
  return readRow(line, recordOf(heads, cells), today)
}
