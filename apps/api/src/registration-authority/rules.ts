/** How a part of a search is held against the parts of a person that it may begin. */
export interface SearchTerm {
  /** As a name: no accents, no apostrophes, a space for each hyphen. */
  name: string
  /** As a staff id or an email address: no accents, and otherwise as it was typed. */
  plain: string
}

/** Small letters without accents. store.ts does the same to the columns. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()

/**
 * Divides what was typed into the parts that must each match, in any order.
 * @returns nothing for fewer than 2 characters that say something
 */
export const searchTerms = (search: string): SearchTerm[] | undefined => {
  const terms = folded(search)
    .split(/[\s\0]+/)
    .filter(Boolean)
    .map((plain) => ({ name: plain.replace(/['’]/g, '').replaceAll('-', ' ').trim(), plain }))
    .filter(({ name }) => name !== '')
  return terms.reduce((length, { name }) => length + name.length, 0) < 2 ? undefined : terms
}

/** What the marks of a pattern mean nothing by. */
const literally = (text: string) => text.replace(/[\\%_]/g, String.raw`\$&`)

/** The pattern of whoever has a word, a staff id or an email address that begins so: store.ts has a space before each. */
const beginsWith = (text: string) => `% ${literally(text)}%`

/** A part of a search as the patterns that the store knows. */
export interface SearchPattern extends SearchTerm {
  /** Of a word of somebody's name as it stands: it puts them in front of those whose words begin with it. */
  word: string
}

/** Writes the parts of a search as patterns. */
export const searchPatterns = (terms: readonly SearchTerm[]): SearchPattern[] =>
  terms.map(({ name, plain }) => ({
    name: beginsWith(name),
    plain: beginsWith(plain),
    word: `% ${literally(name)} %`,
  }))

/** Where a page of a list begins: after what was paused at that time and, of several at once, has that id. */
export interface After {
  since: Date
  id: string
}

/** Reads where a page begins, in the form that the schema lets through. */
export const afterOf = (text: string): After => {
  const [since = '', id = ''] = text.split('.')
  return { since: new Date(Number(since)), id }
}

/** Where the page after this one begins; null after the last. */
export const nextOf = (page: readonly After[], more: boolean): string | null => {
  const last = page.at(-1)
  return more && last ? `${last.since.getTime()}.${last.id}` : null
}
