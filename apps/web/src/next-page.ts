/**
 * Takes only an address of our own pages, so that nobody can send people elsewhere through a link to the log-in page.
 * @param wanted a path, from an address that anyone may have written
 * @param origin our own
 */
export const safeNext = (wanted: string | null, origin: string): string | undefined => {
  if (!wanted || !URL.canParse(wanted, origin)) return undefined
  const url = new URL(wanted, origin)
  const isOurs = url.origin === origin && /^\/(ways|role|desk|logged-in|developers)(\/|$)/.test(url.pathname)
  return isOurs ? url.pathname + url.search : undefined
}
