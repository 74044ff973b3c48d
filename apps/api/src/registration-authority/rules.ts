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

/** The address of a link. The code stands after `#`, where no server and no log sees it. */
export const linkAddress = (issuer: string, code: string): string => `${issuer}/enrol#${code}`
