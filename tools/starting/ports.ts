import { createServer } from 'node:net'
import { Failure } from '../failure.ts'
import type { Settings } from './settings.ts'

/**
 * Makes sure that both ports can be had, before anything that takes time.
 * @throws Failure that names the port and the variable that changes it
 */
export const checkPorts = async ({ host, port, relyingAppPort }: Settings): Promise<void> => {
  await checkPort('PORT', port, host)
  await checkPort('RELYING_APP_PORT', relyingAppPort, host)
}

const checkPort = async (variable: string, port: number, host: string): Promise<void> => {
  // A browser that is told localhost may try the other loopback first, and meet whoever listens there.
  const hosts = host === '127.0.0.1' ? [host, '::1'] : [host]
  for (const each of hosts) {
    const code = await tryListening(port, each)
    if (code === 'EADDRINUSE')
      throw new Failure(`Port ${port} is already in use: stop the program that uses it, or set ${variable} to another.`)
    if (code === 'EACCES')
      throw new Failure(`This user may not listen on port ${port}: set ${variable} to one above 1023.`)
    if (code && each === host)
      throw new Failure(`Cannot listen on ${host} (${code}): set HOST to an address of this machine.`)
  }
}

/** @returns the code of the error, if there is one */
const tryListening = (port: number, host: string): Promise<string | undefined> => {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const server = createServer()
  server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  return promise
}

/** A port of loopback that nobody uses now. */
export const freePort = (): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer().once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}
