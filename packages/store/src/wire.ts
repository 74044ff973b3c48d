import pg from 'pg'

/** As PostgreSQL writes a time in UTC, which every connection speaks. */
const utc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/

const parseDate = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)

/** V8 reads its own spelling many times faster than a parser in JavaScript reads every spelling there is. */
const readTime = (text: string): unknown =>
  utc.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parseDate(text)

/**
 * How a value of a type is read. Counters and totals stay far below 2^53, and a string where a number is meant invites
 * "1" + 1.
 * @param oid of the type
 */
export const readerOf = (oid: number): ((text: string) => unknown) => {
  if (oid === pg.types.builtins.INT8) return Number
  if (oid === pg.types.builtins.TIMESTAMPTZ) return readTime
  return pg.types.getTypeParser(oid, 'text')
}

/** Inside quotation marks of an array, where two characters have a meaning. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

const itemOf = (item: unknown): string => {
  if (item === null || item === undefined) return 'NULL'
  if (Array.isArray(item)) return arrayOf(item)
  const sent = toWire(item)
  return quoted(typeof sent === 'string' ? sent : `\\x${sent?.toString('hex') ?? ''}`)
}

const arrayOf = (items: readonly unknown[]): string => `{${items.map(itemOf).join(',')}}`

/** A value as it is sent: bytes as they are, times in UTC, objects as JSON, all else as its text. */
export const toWire = (value: unknown): string | Buffer | null => {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return value
  // ISO 8601 has a sign before years of more than four digits, which PostgreSQL takes for a time zone.
  if (value instanceof Date) return value.toISOString().replace(/^\+0*/, '')
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return arrayOf(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
