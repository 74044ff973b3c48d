import { Refusal } from '#kernel'

/** What a row of a list was sorted by, as text, and its id. */
interface Sorted {
  sortedBy: string
  id: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where the page after a row begins, in a form that nobody is meant to read. */
const cursorOf = ({ sortedBy, id }: Sorted): string => Buffer.from(JSON.stringify([sortedBy, id])).toString('base64url')

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/**
 * Reads where a page begins.
 * @returns what the last one of the page before was sorted by, and its id; null for the first page
 * @throws Refusal `invalid_request` for what is not of our making
 */
export const afterIn = (text: string | undefined): readonly [string, string] | null => {
  if (text === undefined) return null
  const value = parsed(Buffer.from(text, 'base64url').toString())
  if (!Array.isArray(value) || value.length !== 2) throw new Refusal('invalid_request')
  const [key, id]: unknown[] = value
  if (typeof key !== 'string' || typeof id !== 'string') throw new Refusal('invalid_request')
  // PostgreSQL has no text with a NUL in it.
  if (key.includes('\0') || !key.isWellFormed() || !uuid.test(id)) throw new Refusal('invalid_request')
  return [key, id]
}

/** How many rows a page has at most. */
export const limitIn = (text: string | undefined): number => Number(text ?? 50)

/** Cuts a page off rows of which one too many was asked for. */
export const pageOf = <Row extends Sorted>(rows: readonly Row[], limit: number) => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: last && rows.length > limit ? cursorOf(last) : null }
}
