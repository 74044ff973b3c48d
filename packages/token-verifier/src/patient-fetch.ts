import { resting } from './resting.ts'

/** As much of `fetch` as is needed to ask the issuer for a document. */
export type Fetch = (url: string, options: RequestInit) => Promise<Response>

/** Of a document: an issuer has a handful of keys. */
const MOST_BYTES = 256 * 1024

/** Reads an answer as far as anybody needs to. */
const textOf = async (url: string, response: Response): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > MOST_BYTES) throw new Error(`${url} answered more than ${MOST_BYTES} bytes`)
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

/** Whether something may be what is asked for: a key set (RFC 7517 §5), or a discovery document. */
const isOfUse = (document: unknown): boolean =>
  typeof document === 'object' &&
  document !== null &&
  (('keys' in document && Array.isArray(document.keys)) || 'jwks_uri' in document)

/**
 * A `fetch` that leaves a struggling issuer in peace: after a failure it fails at once, without asking, for a while.
 * Only what has to be fetched waits; tokens signed by keys that are here already are verified as ever.
 * @param restMs how long, in milliseconds
 * @throws (the returned function) Error when there is no answer, or another one than 200 with a document that is of use: an answer
 *   that is of none is a failure like any other
 */
export const createPatientFetch = (restMs: number): Fetch =>
  resting(restMs, async (url, options) => {
    const response = await fetch(url, options)
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
    const text = await textOf(url, response)
    if (!isOfUse(JSON.parse(text))) throw new Error(`${url} answered with something else`)
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  })
