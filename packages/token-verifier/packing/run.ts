import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** Runs a script under this Node. @returns what it printed @throws Error with what it said, when it fails */
export const runScript = async (file: string, args: string[], cwd = process.cwd()): Promise<string> => {
  const { stdout } = await exec(process.execPath, [file, ...args], { cwd }).catch(failure)
  return stdout
}

/** Runs the compiler of TypeScript. @throws Error with all that it complains of */
export const compile = async (args: string[]): Promise<void> => {
  const manifest = import.meta.resolve('typescript/package.json')
  const { bin } = JSON.parse(await readFile(new URL(manifest), 'utf8'))
  await runScript(fileURLToPath(new URL(bin.tsc, manifest)), args)
}

/**
 * Runs npm as somebody would who has nothing yet: without the settings that an npm around us hands down, and with a cache
 * of its own.
 */
export const npm = async (cwd: string, cache: string, args: string[]): Promise<string> => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  const around = process.env['npm_execpath'] ?? ''
  const [program, before] = around.endsWith('npm-cli.js') ? [process.execPath, [around]] : ['npm', []]
  const quietly = ['--cache', cache, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel', 'error']
  const { stdout } = await exec(program, [...before, ...args, ...quietly], { cwd, env }).catch(failure)
  return stdout
}

const failure = (error: { stdout?: string; stderr?: string; message: string }): never => {
  throw new Error([error.message, error.stdout, error.stderr].filter(Boolean).join('\n'))
}
