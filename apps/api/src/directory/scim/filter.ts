import { follow } from './path.ts'
import { refuseFilter } from './refuse.ts'

/** What can be asked by, and how: nothing else of a filter reaches the database, and values do as parameters only. */
const asked = {
  userName: ['eq', 'co', 'sw'],
  externalId: ['eq', 'co', 'sw'],
  email: ['eq', 'co', 'sw'],
  familyName: ['eq', 'co', 'sw'],
  givenName: ['eq', 'co', 'sw'],
  employeeNumber: ['eq'],
  id: ['eq'],
  active: ['eq'],
  lastModified: ['gt', 'ge', 'lt', 'le', 'eq'],
} as const

export type AskedBy = keyof typeof asked
export type Comparison = 'eq' | 'co' | 'sw' | 'gt' | 'ge' | 'lt' | 'le'
export type Filter =
  | { kind: 'and' | 'or'; parts: readonly Filter[] }
  | { kind: 'is'; by: AskedBy; comparison: Comparison; value: string | boolean | Date }

const longest = 1000
const mostTerms = 20
const deepest = 5

const token = /\s*(?:([()])|("(?:[^"\\]|\\.)*")|([A-Za-z][\w:.$-]*(?:\[[^\]]*\](?:\.\w+)?)?))/y

/** The words of a filter: brackets, texts and names. */
const wordsOf = (text: string): string[] => {
  const words: string[] = []
  token.lastIndex = 0
  const end = text.trimEnd().length
  while (token.lastIndex < end) {
    const match = token.exec(text)
    if (!match) return refuseFilter('has something in it that is no word of filters')
    words.push(match[1] ?? match[2] ?? match[3] ?? '')
  }
  return words
}

const isAsked = (name: string): name is AskedBy => Object.hasOwn(asked, name)

/** Which attribute a filter names. */
const byOf = (word: string): AskedBy => {
  const small = word.toLowerCase()
  if (small === 'id') return 'id'
  if (small === 'meta.lastmodified') return 'lastModified'
  const place = follow(word)
  const [field, ...others] = place?.kind === 'fields' ? place.fields : []
  if (!field || others.length > 0 || !isAsked(field)) return refuseFilter('asks by something that is not asked by here')
  return field
}

const textOf = (word: string): string => {
  const read: unknown = word.startsWith('"') ? tryJson(word) : undefined
  // PostgreSQL has no text with NUL in it.
  return typeof read === 'string' && !read.includes('\0')
    ? read
    : refuseFilter('compares with something that is no text')
}

const tryJson = (word: string): unknown => {
  try {
    return JSON.parse(word)
  } catch {
    return undefined
  }
}

/** PostgreSQL does not go as far back as `Date` does, and nobody came before the year 1. */
const earliest = Date.parse('0001-01-01T00:00:00.000Z')

const momentOf = (word: string): Date => {
  const moment = new Date(textOf(word))
  return moment.getTime() >= earliest ? moment : refuseFilter('compares with something that is no time')
}

const comparedWith = (by: AskedBy, word: string): string | boolean | Date => {
  if (by === 'lastModified') return momentOf(word)
  if (by !== 'active') return textOf(word)
  const small = word.toLowerCase().replaceAll('"', '')
  return small === 'true' || (small === 'false' ? false : refuseFilter('compares active with neither true nor false'))
}

/**
 * Reads a filter (RFC 7644 §3.4.2.2): comparisons of a few attributes, `and`, `or` and brackets, and of `and` and `or` the
 * first binds closer. There is no `not`, and nothing that looks into the values of others.
 * @throws Refusal `filter_invalid`
 */
export const readFilter = (text: string): Filter => {
  if (text.length > longest) return refuseFilter(`is longer than ${longest} characters`)
  const words = wordsOf(text)
  let at = 0
  let terms = 0
  const next = (): string => words[at++] ?? refuseFilter('ends too early')
  const comes = (word: string): boolean => {
    if (words[at]?.toLowerCase() !== word) return false
    at += 1
    return true
  }
  const term = (depth: number): Filter => {
    if (comes('(')) {
      if (depth >= deepest) return refuseFilter('has too many brackets')
      const inside = either(depth + 1)
      return comes(')') ? inside : refuseFilter('lacks a bracket')
    }
    if (++terms > mostTerms) return refuseFilter(`has more than ${mostTerms} comparisons`)
    const by = byOf(next())
    const comparison = next().toLowerCase() as Comparison
    if (!(asked[by] as readonly string[]).includes(comparison))
      return refuseFilter(`has a comparison that ${by} has not`)
    return { kind: 'is', by, comparison, value: comparedWith(by, next()) }
  }
  const series =
    (kind: 'and' | 'or', part: (depth: number) => Filter) =>
    (depth: number): Filter => {
      const parts = [part(depth)]
      while (comes(kind)) parts.push(part(depth))
      return parts.length === 1 && parts[0] ? parts[0] : { kind, parts }
    }
  const either = series('or', series('and', term))
  const filter = either(0)
  return at === words.length ? filter : refuseFilter('goes on after its end')
}
