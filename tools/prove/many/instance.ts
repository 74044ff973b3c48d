import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from '../cluster/until.ts'
import type { Image } from './dockerfile/perform.ts'

/** One process of the service, out of the image. */
export interface Instance {
  port: number
  /** Without a word, as when a machine dies. */
  kill: () => Promise<void>
  stop: () => Promise<void>
  log: () => Promise<string>
}

const isReady = (port: number) => async (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )

/** Starts the command of the image at a port of the loopback, and waits until it is ready. */
export const startInstance = async (
  image: Image,
  folder: string,
  port: number,
  environment: NodeJS.ProcessEnv,
): Promise<Instance> => {
  const file = join(folder, `instance-${port}.log`)
  const log = await open(file, 'a')
  const [, ...words] = image.command
  const child = spawn(process.execPath, words, {
    cwd: image.workdir,
    env: { ...image.environment, HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  const ended = once(child, 'exit')
  const end = (signal: NodeJS.Signals) => async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  const instance = { port, kill: end('SIGKILL'), stop: end('SIGTERM'), log: () => readFile(file, 'utf8') }
  try {
    await Promise.race([
      until(`the instance at port ${port} is ready`, isReady(port)),
      ended.then(async () => Promise.reject(new Error(`The instance ended: ${await instance.log()}`))),
    ])
    return instance
  } catch (error) {
    await instance.kill()
    throw error
  }
}
