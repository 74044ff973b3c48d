import { createServer, type Server } from 'node:http'

/** Where metrics come from. */
export interface Scraped {
  contentType: string
  text: () => Promise<string>
}

const serve = async ({ text, contentType }: Scraped, answer: import('node:http').ServerResponse): Promise<void> => {
  try {
    const body = await text()
    answer.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body)
  } catch {
    // Whoever scrapes asks again, and learns no more from us than that it failed.
    answer.writeHead(503, { 'cache-control': 'no-store' }).end()
  }
}

/** Why it cannot listen there, and what to do. */
const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => {
  if (code === 'EADDRINUSE') return 'the port is taken by another program. Give another one by FOBWATCH_METRICS_PORT.'
  if (code === 'EACCES') return 'this user may not listen on that port. Give another one by FOBWATCH_METRICS_PORT.'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'this machine has no such address. Give another one by FOBWATCH_METRICS_HOST.'
  return message
}

/**
 * Serves `/metrics` at an address of its own, which nobody reaches who reaches the service.
 * @returns the server, which listens
 * @throws Error with a sentence that names the address and what to do, when it cannot listen there
 */
export const listenForScrapes = (scraped: Scraped, { host, port }: { host: string; port: number }): Promise<Server> => {
  const { promise, resolve, reject } = Promise.withResolvers<Server>()
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, ({ method, url }, answer) => {
    if (url !== '/metrics') return void answer.writeHead(404).end()
    if (method !== 'GET') return void answer.writeHead(405, { allow: 'GET' }).end()
    return void serve(scraped, answer)
  })
  server.once('error', (cause) =>
    reject(new Error(`Metrics cannot be served at ${host}:${port}: ${reasonOf(cause)}`, { cause })),
  )
  server.listen(port, host, () => resolve(server))
  // It keeps no process alive that has nothing else to do.
  server.unref()
  return promise
}
