import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { onCore } from './cores.ts'
import { root } from './root.ts'

export interface Launching {
  name: string
  /** A program of the checkout, as a path from its root. */
  file: string
  args?: readonly string[]
  env: Record<string, string | undefined>
  /** Answers with a 2xx when it is ready. */
  healthUrl: string
  /** Gets what it prints. */
  logFile: string
}

export interface Memory {
  heap: number
  /** Buffers and what else lies outside the heap. */
  external: number
  rss: number
}

/** A process of a contender. */
export interface Launched {
  pid: number
  /** Milliseconds from its start to the first answer that it was ready. */
  startMs: number
  /** What it holds once its garbage was collected, where it was started to tell. Bytes. */
  memory: () => Promise<Memory>
  stop: () => Promise<void>
}

export type Launch = (launching: Launching) => Promise<Launched>

interface Where {
  core: number | undefined
  /** More arguments for Node. */
  nodeArgs?: readonly string[]
}

/** For Node, so that a process tells its memory. */
export const tellingMemory = ['--expose-gc', '--import', new URL('../measure/memory-teller.ts', import.meta.url).href]

/** How Node runs in the image, and here whatever is measured: with 128 MB for young objects, and its own code in large pages. */
export const nodeOptions = '--max-semi-space-size=128 --use-largepages=silent'

const endWithParent = pathToFileURL(join(root, 'tools/end-with-parent.mjs')).href
const patience = { start: 60_000, stop: 20_000 }

/** Starts programs of ours under this Node, each on the core that is measured. They end when we end. */
export const launcher =
  ({ core, nodeArgs = [] }: Where): Launch =>
  async ({ name, file, args = [], env, healthUrl, logFile }) => {
    const began = performance.now()
    const log = await open(logFile, 'a')
    const words = [...nodeArgs, '--import', endWithParent, join(root, file), ...args]
    const child = spawn(...onCore(core, process.execPath, words), {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        NODE_OPTIONS: nodeOptions,
        ...env,
      },
      detached: process.platform !== 'win32',
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    })
    await log.close()
    const { pid } = child
    const ended = once(child, 'close').catch(() => {})
    const lost = ended.then(() => new Error(`${name} ended by itself: see ${logFile}`))
    const failure = await Promise.race([untilReady(healthUrl, name), lost])
    if (failure || pid === undefined) {
      await stopChild(child, ended)
      throw failure ?? new Error(`${name} cannot be started`)
    }
    const memory = async () => {
      child.send('memory')
      const [told] = await once(child, 'message')
      return told as Memory
    }
    return { pid, startMs: performance.now() - began, memory, stop: () => stopChild(child, ended) }
  }

const untilReady = async (url: string, name: string): Promise<Error | undefined> => {
  const until = Date.now() + patience.start
  while (Date.now() < until) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return undefined
    await delay(20)
  }
  return new Error(`${name} does not get ready`)
}

const stopChild = async (child: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), patience.stop)
  await ended
  clearTimeout(impatient)
}

/** A port of the loopback that nobody listens on just now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await once(server.close(), 'close')
  return typeof address === 'object' && address ? address.port : 0
}
