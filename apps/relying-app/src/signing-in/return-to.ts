/**
 * Takes the page to come back to from an address that anyone may have written.
 * @returns a path of ours; `/` for whatever would lead elsewhere (RFC 9700 §4.11.1: no open redirector)
 */
export const returnToOf = (value: unknown): string => {
  const base = 'http://here.invalid'
  const url = typeof value === 'string' && value.startsWith('/') ? URL.parse(value, base) : null
  // `/.//elsewhere` becomes `//elsewhere` on the way, which a browser takes for another website.
  return url?.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/'
}
