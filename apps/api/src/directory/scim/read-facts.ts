import { type Facts, type Field, fieldAt, isNotKept, type Said, wholes } from './attributes.ts'
import { follow } from './path.ts'
import { refuseValue } from './refuse.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Some write booleans as text, and in capitals. */
const asBoolean = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const small = value.toLowerCase()
  return small === 'true' ? true : small === 'false' ? false : value
}

/** One fact, in the type that it has. An empty text is none (RFC 7643 §2.5 has null and nothing for the same). */
const factOf = (field: Field, value: unknown): Facts[Field] => {
  if (value === null || value === undefined || value === '') return null
  if (field === 'active') {
    const active = asBoolean(value)
    return typeof active === 'boolean' ? active : refuseValue(field, 'must be true or false')
  }
  return typeof value === 'string' ? value : refuseValue(field, 'must be text')
}

/** The value of one that may have a type beside it; what is no such thing is left for whoever looks at its type. */
const valueIn = (each: unknown): unknown => {
  const small = isObject(each) ? withSmallNames(each) : {}
  return 'value' in small ? small['value'] : each
}

/** Of several values the one that is kept: the primary, else the one at work, else the first. */
const chosenOf = (value: unknown): unknown => {
  if (!Array.isArray(value)) return valueIn(value)
  const has = (name: string, wanted: unknown) => (each: unknown) =>
    isObject(each) && asBoolean(withSmallNames(each)[name]) === wanted
  return valueIn(value.find(has('primary', true)) ?? value.find(has('type', 'work')) ?? value[0])
}

const withSmallNames = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]))

/** What is said at a path that leads to facts: of one, or of those that a whole has. */
export const sayAt = (path: string, value: unknown): Said => {
  const field = Object.hasOwn(fieldAt, path) ? fieldAt[path] : undefined
  if (field) return { [field]: factOf(field, chosenOf(value)) }
  if (path === 'emails' || path === 'phonenumbers') return sayAt(`${path}.value`, chosenOf(value))
  if (!isObject(value)) return refuseValue(path, 'must be an object')
  const parts = withSmallNames(value)
  const said = (wholes[path] ?? []).flatMap((part) => {
    const name = part.slice(path.length + 1)
    return Object.hasOwn(parts, name) ? Object.entries(sayAt(part, parts[name])) : []
  })
  return Object.fromEntries(said)
}

/**
 * Reads a user as somebody wrote it, or the value of a PATCH that names no path. Attributes that there are not are let pass
 * (RFC 7644 §3.3): a feed says all that it knows, and what is kept is said by /Schemas.
 * @throws Refusal `value_invalid`
 */
export const readFacts = (body: Readonly<Record<string, unknown>>): Said =>
  Object.assign(
    {},
    ...Object.entries(body).map(([name, value]) => {
      const place = isNotKept(name.toLowerCase()) ? undefined : follow(name)
      return place?.kind === 'fields' ? sayAt(place.path, value) : {}
    }),
  )
