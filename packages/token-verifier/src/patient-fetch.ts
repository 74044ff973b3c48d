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

/** A key set (RFC 7517 §5). jose asks again for each token where it is none, and for each where a key is none. */
const isKeySet = (document: unknown): boolean =>
  typeof document === 'object' &&
  document !== null &&
  'keys' in document &&
  Array.isArray(document.keys) &&
  document.keys.every((key) => typeof key === 'object' && key !== null)

/**
 * Asks for a document, and reads as much of it as anybody needs.
 * @throws Error when there is no answer, or another one than 200 with a document
 */
export const fetchDocument: Fetch = async (url, options) => {
  const response = await fetch(url, options)
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  return new Response(await textOf(url, response), { headers: { 'content-type': 'application/json' } })
}

/**
 * A `fetch` for a key set that leaves a struggling issuer in peace: after a failure it fails at once, without asking, for a while.
 * Only what has to be fetched waits; tokens signed by keys that are here already are verified as ever.
 * @param restMs how long, in milliseconds
 * @throws (the returned function) as `fetchDocument`, and where what comes is no key set
 */
export const createPatientFetch = (restMs: number): Fetch =>
  resting(restMs, async (url, options) => {
    const response = await fetchDocument(url, options)
    if (!isKeySet(await response.clone().json())) throw new Error(`${url} answered with something else`)
    return response
  })
