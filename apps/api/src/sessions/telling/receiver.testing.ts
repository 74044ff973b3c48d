import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an application was sent. */
export interface Received {
  contentType: string | undefined
  /** The form, as it came. */
  form: URLSearchParams
  header: Record<string, unknown>
  claims: Record<string, unknown>
  jwt: string
}

const decoded = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

/** An application that is told of logouts, on a port of this machine. */
export const startReceiver = async () => {
  const received: Received[] = []
  const say = { answer: (response: ServerResponse): unknown => response.writeHead(200).end() }
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const jwt = form.get('logout_token') ?? ''
    const [header, claims] = jwt.split('.')
    received.push({
      contentType: request.headers['content-type'],
      ...{ form, jwt, header: decoded(header), claims: decoded(claims) },
    })
    say.answer(response)
  })
  const listen = async (port = 0) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen()
  const stop = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    received,
    address: `http://127.0.0.1:${port}/logged-out`,
    /** What it answers from now on. */
    answers: (answer: (response: ServerResponse) => unknown) => {
      say.answer = answer
    },
    stop,
    restart: () => listen(port),
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
