import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { LocalPostgresError } from './errors.ts'

const run = promisify(execFile)

/** What `postmaster.pid` says: whose it is, and whether it takes connections yet. */
export const readPostmaster = async (data: string): Promise<{ pid: number; ready: boolean } | undefined> => {
  const lines = await readFile(pidFile(data), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const pid = Number(lines[0])
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
}

const pidFile = (data: string) => join(data, 'postmaster.pid')

/**
 * Ends what an earlier supervisor left running over this cluster, and waits until it is gone. Only for the holder of
 * the folder's lock: then whatever runs here is an orphan.
 */
export const endOrphans = async (data: string, log: (line: string) => void): Promise<void> => {
  // A fast shutdown first; then what an operator would do who loses patience. Recovery makes up for either.
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    const orphans = await postgresOver(data)
    if (orphans.length === 0) break
    log('Waiting for the PostgreSQL of an earlier run to stop.')
    const postmaster = orphans.find(({ isPostmaster }) => isPostmaster)
    for (const { pid } of postmaster && signal !== 'SIGKILL' ? [postmaster] : orphans) signalTo(pid, signal)
    await goneWithin(data, patience)
  }
  if ((await postgresOver(data)).length > 0)
    throw new LocalPostgresError(`The PostgreSQL of an earlier run over ${data} does not stop.`)
  await forgetStranger(data)
}

/** After a crash the number in the file may be some other program's by now, and PostgreSQL would take it for itself. */
const forgetStranger = async (data: string): Promise<void> => {
  const left = await readPostmaster(data)
  if (left && isAlive(left.pid)) await rm(pidFile(data), { force: true })
}

const goneWithin = async (data: string, patience: number): Promise<void> => {
  const until = Date.now() + patience
  while (Date.now() < until && (await postgresOver(data)).length > 0) await delay(50)
}

interface Process {
  pid: number
  isPostmaster: boolean
}

const postgresOver = async (data: string): Promise<Process[]> => {
  const postmaster = (await readPostmaster(data))?.pid
  const pids = process.platform === 'linux' ? await runningIn(data) : await runningAs(postmaster)
  return pids.map((pid) => ({ pid, isPostmaster: pid === postmaster }))
}

/** Linux: every process of PostgreSQL stands in its cluster's folder. */
const runningIn = async (data: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [folder, program] = await Promise.all([link(`/proc/${pid}/cwd`), link(`/proc/${pid}/exe`)])
      return folder === data && /\/postgres( \(deleted\))?$/.test(program) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

const link = (path: string): Promise<string> => readlink(path).catch(() => '')

/** Elsewhere: the process that the file names, if it is a PostgreSQL. */
const runningAs = async (pid: number | undefined): Promise<number[]> => {
  if (pid === undefined) return []
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/FI', `PID eq ${pid}`, '/NH']]
      : ['ps', ['-p', String(pid), '-o', 'comm=']]
  const { stdout } = await run(program, args).catch(() => ({ stdout: '' }))
  return stdout.includes('postgres') ? [pid] : []
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It went by itself in the meantime.
  }
}
