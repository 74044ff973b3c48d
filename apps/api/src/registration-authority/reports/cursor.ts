import { Refusal } from '#kernel'

/** What a column that a list is sorted by holds. */
export type KeyType = 'text' | 'moment' | 'uuid'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** As PostgreSQL writes one in UTC. */
const moment = /^(-?infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00)$/

const holds: Record<KeyType, (key: string) => boolean> = {
  // PostgreSQL has no text with a NUL in it.
  text: (key) => key.length <= 200 && key.isWellFormed() && !key.includes('\0'),
  moment: (key) => moment.test(key),
  uuid: (key) => uuid.test(key),
}

/** Where the page after a row begins, in a form that nobody is meant to read: what the list is sorted by, and the row's. */
export const cursorOf = (sort: string, keys: readonly string[]): string =>
  Buffer.from(JSON.stringify([sort, ...keys])).toString('base64url')

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}

/**
 * Reads where a page begins. It comes back as values, which are parameters of a statement and never a part of its text.
 * @throws Refusal `invalid_request` for what is not of our making, or of another order
 */
export const keysIn = (text: string, sort: string, types: readonly KeyType[]): string[] => {
  const value = parsed(text)
  if (!Array.isArray(value) || value.length !== types.length + 1) throw new Refusal('invalid_request')
  const [of, ...keys]: unknown[] = value
  if (of !== sort) throw new Refusal('invalid_request')
  return types.map((type, index) => {
    const key = keys[index]
    if (typeof key !== 'string' || !holds[type](key)) throw new Refusal('invalid_request')
    return key
  })
}
