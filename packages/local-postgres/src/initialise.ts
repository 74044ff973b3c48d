import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { LocalPostgresError, systemCode } from './errors.ts'
import { commandLine, type Launcher } from './launcher.ts'

export const superuser = 'fobwatch'
const major = '18'
const run = promisify(execFile)

interface Setting {
  folder: string
  binaries: Binaries
  launcher: Launcher
  durable: boolean
}

/**
 * Makes the database cluster if it is not there. It is made under another name and renamed when it is whole, so that
 * a kill in the middle leaves nothing that looks like a database.
 * @returns where the cluster is and the superuser's password, and whether it was made just now
 */
export const initialise = async (setting: Setting): Promise<{ data: string; password: string; made: boolean }> => {
  const data = join(setting.folder, 'data')
  const version = await readIfThere(join(data, 'PG_VERSION'))
  if (version && version.trim() !== major)
    throw new LocalPostgresError(`The database in ${data} is PostgreSQL ${version.trim()}'s, and this is ${major}.`)

  const password = await keepPassword(setting)
  if (version) return { data, password, made: false }

  await makeCluster(setting, data)
  return { data, password, made: true }
}

const passwordFile = (folder: string) => join(folder, 'password')

const keepPassword = async ({ folder, launcher }: Setting): Promise<string> => {
  const kept = await readIfThere(passwordFile(folder))
  if (kept) return kept

  const password = randomBytes(32).toString('base64url')
  const unfinished = `${passwordFile(folder)}.new`
  await writeFile(unfinished, password, { mode: 0o600, flush: true })
  if (launcher.as) await chown(unfinished, launcher.as.uid, launcher.as.gid)
  await rename(unfinished, passwordFile(folder))
  return password
}

const makeCluster = async ({ folder, binaries, launcher, durable }: Setting, data: string): Promise<void> => {
  const unfinished = `${data}.new`
  await rm(unfinished, { recursive: true, force: true })
  const [program, args] = commandLine(launcher, binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile(folder)}`,
    // The socket lies in a folder that only its owner can enter; TCP on loopback is open to everyone on the machine.
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    // The same order of text on every machine, whatever its C library knows.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  try {
    await run(program, args, { ...launcher.as, cwd: folder, env: environment() })
  } catch (error) {
    throw new LocalPostgresError(`The database could not be made in ${folder}: ${lastLine(error)}`, { cause: error })
  }
  await rename(unfinished, data)
  if (durable) await syncFolder(folder)
}

/** What PostgreSQL gets of our environment: nothing that would change where it listens or what it speaks. */
export const environment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

const lastLine = (error: unknown): string => {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return said.trim().split('\n').at(-1) || String(error)
}

const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

const readIfThere = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  }
}
