/**
 * Takes the code out of the fragment of a set-up link. The fragment never reaches a server or its log.
 * @returns nothing when there is no code of our form in it
 */
export const codeIn = (hash: string): string | undefined => {
  const code = hash.replace(/^#/, '')
  return /^[\w-]{20,43}$/.test(code) ? code : undefined
}
