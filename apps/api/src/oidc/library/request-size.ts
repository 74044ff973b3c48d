/** Of the whole query of an address. Bytes. */
export const longestQuery = 8 * 1024
/** Of one parameter, as it is meant. Characters. */
const longestParameter = 2048
/** A token that we made ourselves, which may say more; the whole query is its limit. */
const unlimited = new Set(['id_token_hint'])

/**
 * Says what is too large about an address, or cannot be stored in it, before anything of it is stored: an authorization request is kept, by anyone
 * and for nobody, until its sign-in ends.
 * @param url path and query, as they came
 */
export const whatIsWrongWith = (url: string): string | undefined => {
  const query = url.slice(url.indexOf('?') + 1)
  if (query.length === url.length) return undefined
  if (Buffer.byteLength(query) > longestQuery) return `the query is longer than ${longestQuery} bytes`

  for (const [name, value] of new URLSearchParams(query)) {
    if (name.includes('\0') || value.includes('\0')) return 'a parameter has a NUL in it'
    if (value.length > longestParameter && !unlimited.has(name))
      return `a parameter is longer than ${longestParameter} characters`
  }
  return undefined
}
