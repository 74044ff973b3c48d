import { isIP, type LookupFunction } from 'node:net'
import { bareHost } from './allowed.ts'
import { type Deps, whyNotWritten } from './why-not-called.ts'

/** From the first packet to the last byte of the answer, in milliseconds. */
const timeLimit = 5_000
/** Of an answer, in bytes: a set of keys is a few kilobytes. */
const sizeLimit = 64 * 1024

export interface OutboundOptions {
  method?: string
  headers?: RequestInit['headers']
  body?: string
  /** Ends the call sooner. */
  signal?: AbortSignal | null
}

/**
 * Calls an address that a registration named, and reads the whole answer. A redirect is an answer, and is not followed.
 * @throws Error when the address may not be called, the connection fails, 5 seconds pass or the answer is over 64 KiB
 */
export type OutboundFetch = (address: string | URL, options?: OutboundOptions) => Promise<Response>

const notAllowed = (host: string, why: string) => new Error(`${host} is not called: it ${why}`)

/** A name is looked up once, and what is connected to is what was looked at: it cannot lead elsewhere in between. */
const guardedLookup =
  ({ mayCall, resolve }: Deps): LookupFunction =>
  (host, options, done) => {
    const give = (found: Awaited<ReturnType<Deps['resolve']>>) => {
      const [first, ...more] = found.filter(({ address }) => mayCall(host, address))
      if (!first) return done(notAllowed(host, 'leads to no address that may be called'), [])
      return options.all ? done(null, [first, ...more]) : done(null, first.address, first.family)
    }
    resolve(host).then(give, (error) => done(error, []))
  }

const empty = [204, 205, 304]

/** Loaded for the first call, because many processes never make one. */
const openAgent = async (deps: Deps) => {
  const { Agent, request } = await import('undici')
  const agent = new Agent({
    connect: { lookup: guardedLookup(deps), timeout: timeLimit },
    maxResponseSize: sizeLimit,
    // One connection for each call: none waits around that was looked at long ago.
    pipelining: 0,
  })
  return { agent, request }
}

/** Makes the one function by which such an address is called. */
export const guardedFetch = (deps: Deps): OutboundFetch => {
  let opened: ReturnType<typeof openAgent> | undefined
  return async (address, { method = 'GET', headers, body, signal } = {}) => {
    const url = URL.parse(String(address))
    const why = whyNotWritten(url)
    if (!url || why) throw notAllowed(url?.host ?? 'It', why ?? 'is not an address')
    // A connection to an address that is written out is looked up nowhere.
    const host = bareHost(url.hostname)
    if (isIP(host) > 0 && !deps.mayCall(host, host)) throw notAllowed(host, 'is not public')

    const ends = [AbortSignal.timeout(timeLimit), ...(signal ? [signal] : [])]
    opened ??= openAgent(deps)
    const { agent, request } = await opened
    const answer = await request(url, {
      dispatcher: agent,
      method: method as 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      body: body ?? null,
      signal: AbortSignal.any(ends),
    })
    const content = await answer.body.arrayBuffer()
    return new Response(empty.includes(answer.statusCode) ? null : content, {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((each): [string, string] => [name, each]),
      ),
    })
  }
}
