import { Refusal } from '#kernel'
import type { Said } from './attributes.ts'
import { follow } from './path.ts'
import { readFacts, sayAt } from './read-facts.ts'
import { refusePath, refuseValue } from './refuse.ts'

/** One person is changed by few operations; more are a mistake. */
const mostOperations = 50

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What one operation says (RFC 7644 §3.5.2). `add` and `replace` come to the same where each thing is kept once. */
const sayOf = (operation: unknown): Said => {
  if (!isObject(operation)) return refuseValue('Operations', 'must be objects')
  const { op, path, value } = operation
  const verb = typeof op === 'string' ? op.toLowerCase() : ''
  if (!['add', 'replace', 'remove'].includes(verb)) return refuseValue('op', 'must be add, replace or remove')
  if (path === undefined || path === '') {
    // RFC 7644 §3.5.2.2: there would be nothing left.
    if (verb === 'remove') throw new Refusal('target_missing')
    return isObject(value) ? readFacts(value) : refuseValue('value', 'must be an object where there is no path')
  }
  if (typeof path !== 'string') return refusePath()
  const place = follow(path) ?? refusePath()
  if (place.kind === 'not-kept') return {}
  if (verb === 'remove') return Object.fromEntries(place.fields.map((field) => [field, null]))
  return sayAt(place.path, value)
}

/**
 * Reads a PATCH. Later operations win. Attributes in capitals, operations in capitals, booleans as text and paths that choose
 * among values are as HR systems send them.
 * @throws Refusal `value_invalid`, `path_invalid`, `target_missing`
 */
export const readPatch = (body: Readonly<Record<string, unknown>>): Said => {
  const operations = Object.entries(body).find(([name]) => name.toLowerCase() === 'operations')?.[1]
  if (!Array.isArray(operations) || operations.length === 0) return refuseValue('Operations', 'must be a list')
  if (operations.length > mostOperations) return refuseValue('Operations', `must be at most ${mostOperations}`)
  return Object.assign({}, ...operations.map(sayOf))
}
