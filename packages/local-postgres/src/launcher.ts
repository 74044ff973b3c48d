import { execFile } from 'node:child_process'
import { chown, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { LocalPostgresError } from './errors.ts'

/** How to run a program of PostgreSQL here: what to put before it, and as whom. */
export interface Launcher {
  prefix: string[]
  as?: { uid: number; gid: number }
}

const nobody = 65_534
const asNobodyInside = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']
/** The kernel sends this when the supervisor is gone, however it went: a fast shutdown. */
const endWithParent = ['setpriv', '--pdeathsig', 'INT', '--']

const run = promisify(execFile)
const works = async (prefix: string[]): Promise<boolean> => {
  const [program, ...args] = [...prefix, 'true']
  return run(program ?? 'true', args).then(
    () => true,
    () => false,
  )
}

/**
 * Decides how PostgreSQL, which refuses to be root, runs over a folder: as the user who owns the folder, and where that
 * is root, in a user namespace where root looks like nobody, or else as nobody.
 * @param folder the data folder, which exists; it is given to nobody where there is no other way
 */
export const chooseLauncher = async (folder: string): Promise<Launcher> => {
  if (process.platform === 'win32') return { prefix: [] }
  const prefix = process.platform === 'linux' && (await works(endWithParent)) ? endWithParent : []
  if (process.getuid?.() !== 0) return { prefix }

  const { uid, gid } = await stat(folder)
  if (uid !== 0) return { prefix, as: { uid, gid } }
  if (process.platform !== 'linux')
    throw new LocalPostgresError('PostgreSQL refuses to run as root: start as an ordinary user.')
  if (await works(asNobodyInside)) return { prefix: [...asNobodyInside, ...prefix] }

  await chown(folder, nobody, nobody)
  return { prefix, as: { uid: nobody, gid: nobody } }
}

/** The program and arguments to spawn, with the launcher's words before them. */
export const commandLine = ({ prefix }: Launcher, program: string, args: string[]): [string, string[]] => {
  const [first = program, ...rest] = [...prefix, program, ...args]
  return [first, rest]
}
