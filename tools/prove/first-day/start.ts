import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Clone } from './fresh-clone.ts'
import { processesIn } from './processes.ts'

/** A link that `npm start` printed, and whom it is for. */
export interface PrintedLink {
  name: string
  job: string
  url: string
}

/** `npm start`, at work. */
export interface Running {
  links: PrintedLink[]
  issuer: string
  ward: string
  /** From typing the command to the last line that it prints, in seconds. */
  seconds: number
  /** Presses Ctrl-C: every process of the terminal hears of it. Resolves with the exit code when the command is over. */
  interrupt: () => Promise<number | string>
  /** Ends every one of its processes at once, with no time for anything. @returns how many there were */
  killAll: () => Promise<number>
}

/** Linux gives the processor to real-time programs first; root may say which those are. */
const aheadOfAll = ['chrt', '--rr', '1']
const lastLine = /^Ctrl-C stops everything/m
const linkLine = /^ {2}\d{12} {2}(?<name>[^,\n]+), (?<job>.+?) +(?<url>http\S+\/enrol#\S+)$/gm
const addressOf = (output: string, title: string): string =>
  new RegExp(`^ {2}${title} +(\\S+)$`, 'm').exec(output)?.[1] ?? ''

/**
 * Types `npm start` in the clone and waits until it says that all is ready.
 * @param patience in milliseconds
 * @param ahead whether it goes before whatever else this machine does, as if that were not there
 * @throws an Error with what it printed, when it ends instead or takes too long
 */
export const typeStart = async (
  { checkout, folder, env }: Clone,
  ports: { PORT: string; RELYING_APP_PORT: string },
  { patience, ahead = false }: { patience: number; ahead?: boolean },
): Promise<Running> => {
  const started = Date.now()
  const [program = '', ...words] = [...(ahead ? aheadOfAll : []), 'npm', 'start']
  const child = spawn(program, words, {
    cwd: checkout,
    env: { ...env, ...ports },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, like a terminal's.
    detached: true,
  })
  const { pid } = child
  const ended = once(child, 'close').then(([code, signal]): number | string => code ?? signal)
  let output = ''
  const ready = new Promise<void>((resolve) => {
    const hear = (text: string) => {
      output += text
      if (lastLine.test(output)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
  })
  const tooLong = AbortSignal.timeout(patience)
  const how = await Promise.race([ready, ended, once(tooLong, 'abort').then(() => 'too late')])
  if (how !== undefined || pid === undefined) {
    await killAll(folder)
    throw new Error(`npm start was not ready (${how}):\n${output}`)
  }
  const interrupt = () => {
    process.kill(-pid, 'SIGINT')
    return ended
  }
  const links = [...output.matchAll(linkLine)].map(({ groups }) => ({ name: '', job: '', url: '', ...groups }))
  return {
    links,
    issuer: addressOf(output, 'The service'),
    ward: addressOf(output, 'The ward application'),
    seconds: (Date.now() - started) / 1000,
    interrupt,
    killAll: () => killAll(folder),
  }
}

const killAll = async (folder: string): Promise<number> => {
  const pids = await processesIn(folder)
  for (const pid of pids) kill(pid)
  return pids.length
}

/** It may have ended a moment ago. */
const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    return
  }
}
