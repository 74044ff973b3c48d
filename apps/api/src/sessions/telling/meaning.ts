/** What would come of a real logout: it is done, given up, or sent again later. */
export type Verdict = 'taken' | 'refused' | 'again'

/**
 * What an answer to a logout token means (OpenID Connect Back-Channel Logout 1.0 §2.8): 200, or the 204 that some
 * frameworks make of it, is yes. A 400 is the application's own last word: it has read the token and could do nothing with
 * it, and a second one would not change that. Anything else may pass, such as what a proxy says while the application is
 * away.
 */
export const verdictOn = (status: number): Verdict => {
  if (status === 200 || status === 204) return 'taken'
  return status === 400 ? 'refused' : 'again'
}

/** What an answer means, for those who build the application. */
export const meaningOf = (status: number): string => {
  if (status === 200 || status === 204) return 'The application accepted the log out.'
  if (status === 400) return 'The application refused the token. A real one would not be sent again.'
  if (status >= 300 && status < 400)
    return 'It sends us on to another address, which we never follow. A real one would be sent again.'
  if (status === 404 || status === 405)
    return 'Nothing at this address takes a POST. A real one would be sent again, in case that is mended.'
  if (status >= 500) return 'The application, or something in front of it, has a fault. A real one would be sent again.'
  return `${status} is neither yes (200 or 204) nor no (400). A real one would be sent again.`
}

const byCode: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens at this address.',
  ENOTFOUND: 'The name of this host leads nowhere.',
  EAI_AGAIN: 'The name of this host could not be looked up.',
  ECONNRESET: 'The connection was closed before an answer came.',
  EHOSTUNREACH: 'There is no way to this host.',
  ENETUNREACH: 'There is no way to this host.',
  UND_ERR_SOCKET: 'The connection was closed before an answer came.',
  UND_ERR_CONNECT_TIMEOUT: 'The host did not answer in time.',
  UND_ERR_HEADERS_TIMEOUT: 'Nothing answered in time.',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'The answer is too long: nothing needs to be in it.',
}

const isAboutTls = (code: string) => /CERT|TLS|SSL|SIGNATURE|ALTNAME/.test(code)

/** Why there was no answer at all, for those who build the application. */
export const whyNoAnswer = (error: unknown): string => {
  const { code = '', name = '', message = '' } = error as { code?: string; name?: string; message?: string }
  if (/ is not called: /.test(message))
    return `We may not call this address: ${message}. Whoever runs Fobwatch can allow it (FOBWATCH_OUTBOUND_ALLOWED).`
  if (name === 'TimeoutError' || name === 'AbortError') return 'Nothing answered within 5 seconds.'
  if (isAboutTls(code)) return `Its certificate is not one that we trust (${code}).`
  return byCode[code] ?? `It could not be called (${code || name || 'for no reason given'}).`
}
