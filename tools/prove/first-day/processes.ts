import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

const attemptToRead = (work: Promise<string>): Promise<string> => work.catch(() => '')

/** Whether a process works in a folder, was started with something of it, or knows it as its home. */
const belongsTo = async (folder: string, pid: string): Promise<boolean> => {
  const about = await Promise.all([
    attemptToRead(readlink(`/proc/${pid}/cwd`)),
    attemptToRead(readFile(`/proc/${pid}/cmdline`, 'utf8')),
    attemptToRead(readFile(`/proc/${pid}/environ`, 'utf8')),
  ])
  return about.some((each) => each.includes(folder))
}

/** The processes that have to do with a folder (Linux only). */
export const processesIn = async (folder: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(pids.map(async (pid) => ((await belongsTo(folder, pid)) ? [Number(pid)] : [])))
  return found.flat()
}

/** What each of these processes is, for whoever must find out why it is there. */
const describeProcesses = async (pids: readonly number[]): Promise<string> => {
  const lines = pids.map(async (pid) => {
    const command = await attemptToRead(readFile(`/proc/${pid}/cmdline`, 'utf8'))
    return `${pid} ${command.replaceAll('\0', ' ')}`
  })
  return (await Promise.all(lines)).join('\n')
}

/**
 * Waits until no process has to do with the folder any more.
 * @param patience in milliseconds
 * @returns the seconds that it took
 * @throws an Error that names those that are left
 */
export const untilNoneIn = async (folder: string, patience = 10_000): Promise<number> => {
  const started = Date.now()
  for (;;) {
    const left = await processesIn(folder)
    if (left.length === 0) return (Date.now() - started) / 1000
    if (Date.now() - started > patience)
      throw new Error(`${left.length} processes are left:\n${await describeProcesses(left)}`)
    await delay(50)
  }
}
