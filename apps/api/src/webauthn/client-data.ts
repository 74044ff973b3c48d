import { Refusal } from '#kernel'

/** What the browser says it was asked (WebAuthn L3 §5.8.1), as far as we look at it. */
export interface ClientData {
  type: string
  challenge: string
  origin: string
  crossOrigin: boolean
  topOrigin: string | undefined
}

// `ignoreBOM` keeps a byte order mark, on which JSON.parse then fails.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads client data: strictly UTF-8, strictly JSON, no key twice in any object. Members that we do not know are allowed
 * (WebAuthn L3 §5.8.1: new ones may come).
 * @throws Refusal `response_malformed`
 */
export const readClientData = (bytes: Uint8Array): ClientData => {
  try {
    const text = utf8.decode(bytes)
    const data: unknown = JSON.parse(text)
    refuseRepeatedKeys(text)
    return clientDataOf(data)
  } catch (error) {
    throw new Refusal('response_malformed', error)
  }
}

const clientDataOf = (data: unknown): ClientData => {
  if (typeof data !== 'object' || data === null) throw new Error('Client data is not an object')
  const { type, challenge, origin, crossOrigin = false, topOrigin } = data as Record<string, unknown>
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string')
    throw new Error('Client data lacks its type, challenge or origin')
  if (typeof crossOrigin !== 'boolean') throw new Error('crossOrigin is not a boolean')
  if (topOrigin !== undefined && typeof topOrigin !== 'string') throw new Error('topOrigin is not text')
  return { type, challenge, origin, crossOrigin, topOrigin }
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}:]/g

/**
 * JSON.parse lets the last of two equal keys win, and another reader the first: then both would be right about
 * different data. Takes text that JSON.parse accepted.
 */
const refuseRepeatedKeys = (text: string): void => {
  const open: Set<unknown>[] = []
  let latest = ''
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    if (token === '}') open.pop()
    if (token === ':') addKey(open.at(-1), latest)
    latest = token
  }
}

const addKey = (keys: Set<unknown> | undefined, token: string): void => {
  const key: unknown = JSON.parse(token)
  if (keys?.has(key)) throw new Error('A key of the client data is there twice')
  keys?.add(key)
}
