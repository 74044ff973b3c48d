import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createIssuer } from './issuer.ts'
import { createVisitor } from './visitor.ts'

/**
 * The application and an issuer, each on a port of its own, and visitors as many as are asked for.
 * @param secret makes the application a confidential client
 */
export const startWorld = async ({ secret }: { secret?: string } = {}) => {
  const url = `http://localhost:${await freePort()}`
  const issuer = createIssuer(await freePort(), { id: 'ward-list', secret, url })
  await issuer.start()

  const config = readConfig({
    PORT: new URL(url).port,
    HOST: 'localhost',
    FOBWATCH_ISSUER: issuer.origin,
    RELYING_APP_CLIENT_SECRET: secret,
    LOG_LEVEL: 'silent',
  })
  const app = await buildApp(config)
  await app.listen({ host: config.host, port: config.port })

  const stop = async () => {
    await app.close()
    await issuer.stop()
  }
  return { url, issuer, app, visitor: () => createVisitor(url), stop }
}

export type World = Awaited<ReturnType<typeof startWorld>>

export const freePort = async () => {
  const server = createServer().listen(0, 'localhost')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
