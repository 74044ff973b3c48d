import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Runs before a program, and says at which port it listens. */
const tellPort = `
import { Server } from 'node:net'
const { listen } = Server.prototype
Server.prototype.listen = function (...how) {
  this.once('listening', () => console.log(this.address().port))
  return listen.apply(this, how)
}`

/**
 * Runs a program that serves HTTP, as TypeScript and as it stands, at a port of the system's choice.
 * @param folder where it is run: its imports are looked for from there
 */
export const serveProgram = async (program: string, folder: string, env: Record<string, string>) => {
  const before = `data:text/javascript,${encodeURIComponent(tellPort)}`
  const child = spawn(process.execPath, ['--import', before, '--input-type=module-typescript', '--eval', program], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const listening = once(createInterface(child.stdout), 'line')
  const [port] = await Promise.race([listening, ended.then(() => Promise.reject(new Error('The program ended')))])
  const stop = async () => {
    child.kill()
    await ended
  }
  return { origin: `http://localhost:${port}`, stop }
}
