/**
 * CSV: files of comma-separated values (RFC 4180) that people bring in and take away. Owns nothing.
 * Invariant: no cell that is written is taken for a formula by whatever opens the file.
 * Neighbours: `access`, `registration-authority` and `directory` say what the columns mean.
 */

export { csvOf } from './csv-of.ts'
export { type CsvRecord, recordsIn, UnreadableCsv } from './records-in.ts'
export { rowsInCsv } from './rows-in-csv.ts'
