import { Pool } from 'undici'

/** An answer, read to its end. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface Request {
  method: 'GET' | 'POST'
  /** With its query. */
  path: string
  headers: Record<string, string>
  body?: string
}

/** Connections to one service, kept open, that any browser and application take turns on. */
export interface Wire {
  send: (request: Request) => Promise<Answer>
  close: () => Promise<void>
}

/** Longer than any answer takes. Milliseconds. */
const patience = 30_000

/** @param connections how many requests are under way at most */
export const openWire = (origin: string, connections: number): Wire => {
  const { protocol, host, hostname, port } = new URL(origin)
  // By its number, so that a name with two addresses costs nothing; `Host` says the name.
  const pool = new Pool(hostname === 'localhost' ? `${protocol}//127.0.0.1:${port}` : origin, {
    connections,
    headersTimeout: patience,
    bodyTimeout: patience,
  })
  return {
    send: async ({ method, path, headers, body = null }) => {
      const answer = await pool.request({ method, path, headers: { host, ...headers }, body })
      return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
    },
    close: () => pool.close(),
  }
}
