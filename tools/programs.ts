import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The checkout, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const endWithParent = pathToFileURL(join(root, 'tools/end-with-parent.mjs')).href

export interface Running {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Hears what the program says as it says it. */
  onOutput?: (text: string) => void
}

/** How a program went: its exit code (or the signal that ended it) and all that it said. */
export interface Outcome {
  code: number | string
  output: string
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill()
})

/** Runs a program to its end. Never throws for what the program does: the outcome tells. */
export const runProgram = (
  program: string,
  args: string[],
  { cwd = root, env = process.env, onOutput = () => {} }: Running = {},
): Promise<Outcome> => {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const said: string[] = []
  const hear = (text: string) => {
    said.push(text)
    onOutput(text)
  }
  child.stdout.setEncoding('utf8').on('data', hear)
  child.stderr.setEncoding('utf8').on('data', hear)
  child.once('error', (error) => resolve({ code: 'ENOENT', output: error.message }))
  child.once('close', (code, signal) => {
    running.delete(child)
    resolve({ code: code ?? signal ?? 'gone', output: said.join('') })
  })
  return promise
}

export interface Starting {
  /** A program of the checkout, as a path from its root or a whole one. */
  file: string
  args?: string[]
  env: NodeJS.ProcessEnv
  cwd?: string
}

/**
 * Starts a program of ours under this Node. It ends when we end, however that comes about; until then only we signal
 * it, and not the terminal.
 * @param stdout the file descriptor that gets what it prints
 */
export const startScript = ({ file, args = [], env, cwd = root }: Starting, stdout: number): ChildProcess =>
  spawn(process.execPath, ['--import', endWithParent, resolve(root, file), ...args], {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', stdout, 'pipe', 'ipc'],
  })

/**
 * The JavaScript file behind a package's command, to be run by this Node without a shell in between.
 * @param owner the folder of the workspace package that depends on it
 */
export const commandOf = (name: string, command = name.replace(/^.*\//, ''), owner = '.'): string => {
  const manifest = findManifest(name, join(root, owner, 'package.json'))
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command])
}

const findManifest = (name: string, from: string): string => {
  const folders = createRequire(from).resolve.paths(name) ?? []
  const found = folders.map((folder) => join(folder, name, 'package.json')).find(isThere)
  if (!found) throw new Error(`${name} is not installed`)
  return found
}

const isThere = (file: string): boolean => {
  try {
    return Boolean(readFileSync(file))
  } catch {
    return false
  }
}
