import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, stat, truncate } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import { type Starting, startScript } from '../programs.ts'

/** A program of ours that runs until it is told to stop. */
export interface Service {
  name: string
  /** Resolves with why, if it ends without having been told to. */
  lost: Promise<Failure>
  stop: () => Promise<void>
}

interface Launch extends Starting {
  name: string
  /** Answers with a 2xx when the program is ready. */
  healthUrl: string
  /** Where what it prints goes; the terminal, where there is none. */
  logFile?: string
}

/** One that runs now, as a process of its own. */
export interface StartedService extends Service {
  pid: number
}

const longestLog = 16 * 1024 * 1024
const patienceForStart = 60_000
const patienceForStop = 5_000

/**
 * Starts a program and waits until it is ready.
 * @throws Failure with what it said, when it ends instead
 */
export const startService = async ({ name, healthUrl, logFile, ...starting }: Launch): Promise<StartedService> => {
  const log = logFile ? await openLog(logFile) : undefined
  const child = startScript(starting, log?.fd ?? 1)
  await log?.close()
  const said: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (log) said.push(text)
    else process.stderr.write(text)
  })
  const state = { stopping: false }
  const ended = once(child, 'close').catch((error: Error) => said.push(error.message))

  const lost = ended.then(() => {
    if (state.stopping) return new Promise<never>(() => {})
    return new Failure(said.join('').trim() || `${name} stopped by itself${logFile ? `: see ${logFile}` : ''}.`)
  })
  const stop = async () => {
    state.stopping = true
    await stopChild(child, ended)
  }
  const failure = await Promise.race([untilHealthy(healthUrl, name), lost])
  if (failure) {
    await stop()
    throw failure
  }
  // One that could not be started at all has failed above.
  return { name, pid: child.pid ?? 0, lost, stop }
}

const openLog = async (file: string) => {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size > longestLog) await truncate(file)
  return open(file, 'a', 0o600)
}

const untilHealthy = async (url: string, name: string): Promise<Failure | undefined> => {
  const until = Date.now() + patienceForStart
  while (Date.now() < until) {
    const isHealthy = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isHealthy) return undefined
    await delay(50)
  }
  return new Failure(`${name} does not get ready.`)
}

const stopChild = async (child: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), patienceForStop)
  await ended
  clearTimeout(impatient)
}
