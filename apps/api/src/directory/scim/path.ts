import { enterpriseSchema, type Field, fieldAt, isNotKept, staffSchema, userSchema, wholes } from './attributes.ts'

/** What a path leads to: facts, or something that is let pass. */
export type Place = { kind: 'fields'; path: string; fields: readonly Field[] } | { kind: 'not-kept' }

const longest = 300

/** `emails[type eq "work"].value`: of each kind one is kept here, whatever is said of which. */
const selected = /^(emails|phonenumbers)\[[^[\]]{1,100}\]/

/** A path in the one form that we compare: small letters, no core schema before it, and no choice among values. */
const plain = (path: string): string => {
  const small = path.toLowerCase()
  const core = `${userSchema.toLowerCase()}:`
  return (small.startsWith(core) ? small.slice(core.length) : small).replace(selected, '$1')
}

/** The names of extensions have points in them; what follows the name has a colon before it. */
const isExtension = (path: string) =>
  [enterpriseSchema, staffSchema].some((schema) => path.startsWith(schema.toLowerCase()))

/**
 * Follows the path of an attribute (RFC 7644 §3.10, §3.5.2).
 * @returns undefined where there is no such attribute
 */
export const follow = (path: string): Place | undefined => {
  if (path.length > longest) return undefined
  const to = plain(path)
  if (Object.hasOwn(fieldAt, to)) return { kind: 'fields', path: to, fields: [fieldAt[to] as Field] }
  if (Object.hasOwn(wholes, to))
    return { kind: 'fields', path: to, fields: (wholes[to] ?? []).map((part) => fieldAt[part] as Field) }
  return isNotKept(to) && !(isExtension(to) && to.includes('[')) ? { kind: 'not-kept' } : undefined
}
