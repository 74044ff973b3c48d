/**
 * Takes the code out of the fragment of a set-up link. The fragment never reaches a server or its log.
 * @returns nothing when there is no code of our form in it
 */
export const codeIn = (hash: string): string | undefined => {
  const code = hash.replace(/^#/, '')
  return /^[\w-]{20,43}$/.test(code) ? code : undefined
}

/** Where the link leads that skips to the content of a page. No set-up link is such. */
const content = '#maincontent'

/** Whether a fragment is of a set-up link, be it one that was cut off; else the link that was open before still is. */
export const isOfLink = (hash: string): boolean => hash.length > 1 && hash !== content
