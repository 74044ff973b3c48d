import { once } from 'node:events'
import { createServer } from 'node:http'
import { createTokenVerifier, Refused } from '@fobwatch/token-verifier'

/** An application's API, which lets in whoever brings a good access token and tells them what it says. */
export interface Api {
  resource: string
  close: () => Promise<void>
}

/** Serves the API at a port of the loopback, for the tokens of one issuer. */
export const serveApi = async (issuer: string, port: number): Promise<Api> => {
  const resource = `http://localhost:${port}/api`
  const verifier = createTokenVerifier({ issuer, audience: resource, origin: new URL(resource).origin })
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    verifier.verifyRequest(request).then(
      ({ claims }) => answer(200, { sub: claims.sub, scope: claims.scope, role: claims.role }),
      (error: unknown) =>
        error instanceof Refused
          ? answer(error.status, { error: error.code }, error.headers)
          : answer(500, { error: String(error) }),
    )
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const close = async () => {
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
  return { resource, close }
}
