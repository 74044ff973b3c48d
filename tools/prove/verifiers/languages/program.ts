import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../failure.ts'
import { type Outcome, root, runProgram } from '../../../programs.ts'
import type { Task, Verdict } from '../cases.ts'

/** A program with the libraries of a language, made ready. */
export interface Program {
  language: string
  /** Shows each of its libraries every token. */
  show: (task: Task) => Promise<Verdict[]>
}

/** Makes a program ready in a folder of its own. Throws a Failure, in one sentence, where something is missing. */
export type Prepare = (folder: string) => Promise<Program>

/** Copies the program's source out of the checkout, so that whatever is made of it is made elsewhere. */
export const copySource = async (language: string, folder: string): Promise<void> =>
  cp(join(root, 'tools/prove/verifiers', language), folder, { recursive: true })

/**
 * Runs one step of making ready.
 * @param missing what is said when the program is not there
 * @returns what it printed
 * @throws Failure in one sentence
 */
export const prepareWith = async (
  cwd: string,
  [program = '', ...args]: readonly string[],
  missing: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> => {
  const { code, output } = await runProgram(program, args, { cwd, env: { ...process.env, ...env } })
  if (code === 'ENOENT') throw new Failure(missing)
  if (code !== 0) throw new Failure(`${program} ${args[0] ?? ''}: ${lastLine(output)}`)
  return output
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''

/** @param command the program that gets the path of a task, and prints a verdict a line */
export const programOf = (language: string, folder: string, [command = '', ...args]: readonly string[]): Program => ({
  language,
  show: async (task) => {
    const file = join(folder, 'task.json')
    await writeFile(file, JSON.stringify(task))
    return read(language, await runProgram(command, [...args, file], { cwd: folder }))
  },
})

/** Warnings of a compiler or a library may stand between the verdicts. */
const read = (language: string, { code, output }: Outcome): Verdict[] => {
  if (code !== 0) throw new Error(`The libraries of ${language} ended with ${code}:\n${output}`)
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Verdict)
}
