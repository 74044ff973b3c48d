import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Which core does what; nothing where processes cannot be pinned. */
export interface Cores {
  api: number
  rest: number
}

/**
 * Keeps this process, and all that it starts from here on, to one core, so that the other is the API's alone.
 * @returns nothing where there is one core, or no `taskset`
 */
export const pinOurselves = async (): Promise<Cores | undefined> => {
  if (availableParallelism() < 2) return undefined
  const cores = { api: 0, rest: 1 }
  return run('taskset', ['--all-tasks', '--cpu-list', '--pid', String(cores.rest), String(process.pid)]).then(
    () => cores,
    () => undefined,
  )
}

/** A program and its arguments, kept to a core. */
export const onCore = (core: number | undefined, program: string, args: readonly string[]): [string, string[]] =>
  core === undefined ? [program, [...args]] : ['taskset', ['--cpu-list', String(core), program, ...args]]
