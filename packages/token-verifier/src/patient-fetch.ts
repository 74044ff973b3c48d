/** As much of `fetch` as is needed to ask the issuer for a document. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

/**
 * A `fetch` that leaves a struggling issuer in peace: after a failure it fails at once, without asking, for a while.
 * Only what has to be fetched waits; tokens signed by keys that are here already are verified as ever.
 * @param restMs how long, in milliseconds
 * @throws (the returned function) Error when there is no answer, or another one than 200
 */
export const createPatientFetch = (restMs: number): Fetch => {
  let failed: { at: number; cause: unknown } | undefined

  return async (url, options) => {
    // A clock that is put back is no reason to wait for longer.
    if (failed && Math.abs(Date.now() - failed.at) < restMs) throw failed.cause
    try {
      const response = await fetch(url, options)
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
      failed = undefined
      return response
    } catch (cause) {
      failed = { at: Date.now(), cause }
      throw cause
    }
  }
}
