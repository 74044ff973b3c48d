import { Agent, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { Send } from '@fobwatch/testkit'

/** Longer than any answer takes, however busy the machine. Milliseconds. */
const longest = 60_000

/** How somebody comes to an origin that has TLS. */
interface Visitor {
  /** The name that the certificate is for, and whom to believe that. */
  servername: string
  ca: string
  /** Of this machine, from where they come. */
  localAddress: string
}

/**
 * Carries requests to one instance of the service, whatever address they name: the instance hears of the name by `Host`,
 * as it does behind a proxy. Connections are kept, so that requests sent together arrive together.
 * @param address the origin where the instance listens, or what is in front of it
 * @param patience how long an answer may take, in milliseconds
 * @param visitor who comes; needed where the origin is of https
 */
export const sendTo = (address: string, patience = longest, visitor?: Visitor): Send => {
  const { hostname, port } = new URL(address)
  const agent = visitor ? new SecureAgent({ keepAlive: true, ...visitor }) : new Agent({ keepAlive: true })
  const ask = visitor ? secureRequest : request
  return async (url, { method = 'GET', headers, body }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>()
    const asked = ask(
      {
        agent,
        hostname,
        port,
        method,
        path: url.pathname + url.search,
        headers: { host: url.host, ...(headers as Record<string, string>) },
        timeout: patience,
      },
      (answer) => {
        const { statusCode: status = 0 } = answer
        const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        )
        const read = text(answer).then((said) => new Response(said || null, { status, headers: pairs }))
        read.then(resolve, reject)
      },
    )
    asked.once('timeout', () => asked.destroy(new Error(`${method} ${url.pathname} was not answered`)))
    asked.once('error', reject)
    asked.end(typeof body === 'string' ? body : undefined)
    return promise
  }
}
