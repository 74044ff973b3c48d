import { once } from 'node:events'
import { request as ask } from 'node:http'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { Certificate } from './certificate.ts'

/** The cipher suites of TLS 1.2 that FAPI 2.0 leaves (§5.2.2), and those of TLS 1.3. */
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':')

/**
 * Stands in front of a program at a port of the loopback and ends TLS for it, as a proxy does in production.
 * @returns what takes it away again
 */
export const openTlsFront = async (
  { key, cert }: Pick<Certificate, 'key' | 'cert'>,
  port: number,
  behind: number,
): Promise<() => Promise<void>> => {
  const server = createServer({ key, cert, ciphers, minVersion: 'TLSv1.2' }, (request, response) => {
    const tls = request.socket as TLSSocket
    const headers = {
      ...request.headers,
      // What the suite judges of connections that are made to it.
      'x-ssl-protocol': tls.getProtocol() ?? '',
      'x-ssl-cipher': tls.getCipher().name,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': `localhost:${port}`,
      'x-forwarded-port': String(port),
      'x-forwarded-for': '127.0.0.1',
    }
    const { method, url: path } = request
    const asked = ask({ host: '127.0.0.1', port: behind, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    asked.once('error', () => response.headersSent || response.writeHead(502).end())
    request.pipe(asked)
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return async () => {
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
}
