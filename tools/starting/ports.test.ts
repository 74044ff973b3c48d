import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, it } from 'node:test'
import { Failure } from '../failure.ts'
import { checkPorts, freePort } from './ports.ts'
import { readSettings } from './settings.ts'

const settingsFor = (port: number, relyingAppPort: number, host = '127.0.0.1') =>
  readSettings({ PORT: String(port), RELYING_APP_PORT: String(relyingAppPort), HOST: host })

const occupied = async (host: string) => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, free: () => new Promise((resolve) => server.close(resolve)) }
}

describe('the ports of a start', () => {
  it('are fine when nobody uses them', async () => {
    await checkPorts(settingsFor(await freePort(), await freePort()))
  })

  it('are refused, by name, when somebody does', async () => {
    const { port, free } = await occupied('127.0.0.1')
    const other = await freePort()
    const names = (variable: string) => (error: unknown) =>
      error instanceof Failure &&
      error.message.startsWith(`Port ${port} is already in use`) &&
      error.message.includes(variable)
    await assert.rejects(checkPorts(settingsFor(port, other)), names('PORT'))
    await assert.rejects(checkPorts(settingsFor(other, port)), names('RELYING_APP_PORT'))
    await free()
  })

  it('say so when the host is not one of this machine', async () => {
    // TEST-NET-1 (RFC 5737) belongs to no machine.
    await assert.rejects(checkPorts(settingsFor(await freePort(), await freePort(), '192.0.2.1')), /set HOST/)
  })
})
