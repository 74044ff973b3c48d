import { enterpriseSchema, staffSchema, userSchema } from './attributes.ts'
import type { ScimUser } from './view.ts'

/** What is in every answer, whatever was asked for (RFC 7643 §7, `returned: always`). */
const always = new Set(['schemas', 'id'])

/** Names divided by commas, as paths in small letters: `name.familyname`, or the name of an extension and what is in it. */
const pathsOf = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .map((name) => (name.startsWith(`${userSchema.toLowerCase()}:`) ? name.slice(userSchema.length + 1) : name))
    .filter(Boolean)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const separatorOf = (name: string) => ([enterpriseSchema, staffSchema].includes(name) ? ':' : '.')

type Keeps = (path: string) => 'all' | 'some' | 'none'

const filtered = (value: unknown, prefix: string, separator: string, keeps: Keeps): unknown => {
  if (Array.isArray(value)) return value.map((each) => filtered(each, prefix, separator, keeps))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => keeps(`${prefix}${separator}${name.toLowerCase()}`) === 'all'),
  )
}

const projected = (user: ScimUser, keeps: Keeps): ScimUser =>
  Object.fromEntries(
    Object.entries(user).flatMap(([name, value]) => {
      const small = name.toLowerCase()
      const kept = always.has(name) ? 'all' : keeps(small)
      if (kept === 'none') return []
      return [[name, kept === 'all' ? value : filtered(value, small, separatorOf(name), keeps)]]
    }),
  )

/**
 * Leaves of a user what was asked for (RFC 7644 §3.9).
 * @param attributes what to send besides what is always sent; wins where both are given
 * @param excludedAttributes what to leave out
 */
export const project = (
  user: ScimUser,
  { attributes, excludedAttributes }: { attributes?: string | undefined; excludedAttributes?: string | undefined },
): ScimUser => {
  if (attributes) {
    const paths = pathsOf(attributes)
    const leadsInto = (path: string) => paths.some((each) => each.startsWith(`${path}.`) || each.startsWith(`${path}:`))
    return projected(user, (path) => (paths.includes(path) ? 'all' : leadsInto(path) ? 'some' : 'none'))
  }
  if (!excludedAttributes) return user
  const paths = pathsOf(excludedAttributes)
  const leadsInto = (path: string) => paths.some((each) => each.startsWith(`${path}.`) || each.startsWith(`${path}:`))
  return projected(user, (path) => (paths.includes(path) ? 'none' : leadsInto(path) ? 'some' : 'all'))
}
