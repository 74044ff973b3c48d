import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { environment } from './initialise.ts'
import { commandLine, type Launcher } from './launcher.ts'
import { readPostmaster } from './postmaster.ts'

/** A running (or just now ended) server over one cluster. */
export interface Server {
  pid: number | undefined
  /** Settles when it has ended, for whatever reason. */
  ended: Promise<unknown>
  hasEnded: () => boolean
  /** Asks it to stop: `fast` closes what is open and writes a checkpoint, `immediate` leaves the rest to recovery. */
  stop: (how: 'fast' | 'immediate') => void
}

/** Over what to run, and how. */
export interface Place {
  folder: string
  data: string
  binaries: Binaries
  launcher: Launcher
}

type Settings = Record<string, string>

const logFile = (folder: string) => join(folder, 'postgres.log')
const run = promisify(execFile)

/** Starts PostgreSQL; it is ready when `untilReady` says so. */
export const startServer = (place: Place, settings: Settings): Promise<Server> =>
  process.platform === 'win32' ? startOnWindows(place, settings) : startHere(place, settings)

const options = (settings: Settings) => Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

const startHere = async ({ folder, data, binaries, launcher }: Place, settings: Settings): Promise<Server> => {
  const log = await open(logFile(folder), 'a', 0o600)
  try {
    const [program, args] = commandLine(launcher, binaries.postgres, ['-D', data, ...options(settings)])
    const child = spawn(program, args, {
      ...launcher.as,
      cwd: folder,
      env: environment(),
      stdio: ['ignore', log.fd, log.fd],
      // A group of its own: Ctrl-C is for the supervisor, which stops the database after those who use it.
      detached: true,
    })
    // A program that cannot be run at all has no process id, and the caller sees that it ended.
    const ended = once(child, 'exit').catch(() => {})
    const signal = (name: NodeJS.Signals) => void child.kill(name)
    const endWithUs = () => signal('SIGINT')
    process.once('exit', endWithUs)
    return {
      pid: child.pid,
      ended: ended.finally(() => process.off('exit', endWithUs)),
      hasEnded: () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null,
      stop: (how) => signal(how === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    }
  } finally {
    await log.close()
  }
}

/** On Windows `pg_ctl` drops an administrator's rights, which PostgreSQL refuses, and stands in for signals. */
const startOnWindows = async ({ folder, data, binaries }: Place, settings: Settings): Promise<Server> => {
  const control = (...args: string[]) => run(binaries.pgCtl, [...args, '-D', data], { env: environment() })
  await control('start', '-w', '-l', logFile(folder), '-o', options(settings).join(' ')).catch(() => {})
  const pid = (await readPostmaster(data))?.pid
  const server = { gone: pid === undefined }
  const watch = async () => {
    for (; !server.gone; server.gone = (await readPostmaster(data))?.pid !== pid) await delay(500)
  }
  const stop = (how: 'fast' | 'immediate') => void control('stop', '-m', how).catch(() => {})
  return { pid, ended: watch(), hasEnded: () => server.gone, stop }
}

/**
 * Waits until the server takes connections, however long its recovery takes.
 * @returns whether it is ready; if not, it has ended
 */
export const untilReady = async (server: Server, data: string): Promise<boolean> => {
  while (!server.hasEnded()) {
    const postmaster = await readPostmaster(data)
    if (postmaster?.ready && postmaster.pid === server.pid) return true
    await Promise.race([server.ended, delay(20)])
  }
  return false
}

/** How long the log is now, in bytes: what the next start adds is behind it. */
export const logLength = (folder: string): Promise<number> =>
  stat(logFile(folder)).then(
    ({ size }) => size,
    () => 0,
  )

/** What was added to the log after a position. */
export const logSince = async (folder: string, position: number): Promise<string> => {
  const log = await open(logFile(folder)).catch(() => undefined)
  if (!log) return ''
  try {
    const length = Math.min((await log.stat()).size - position, 64 * 1024)
    const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(Math.max(length, 0)), position })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await log.close()
  }
}
