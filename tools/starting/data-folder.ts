import { randomBytes } from 'node:crypto'
import { access, chmod, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'

const reasons: Record<string, string> = {
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'that disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of that path is a file',
  EEXIST: 'there is a file of that name',
}

/**
 * Makes the data folder, for its owner alone, and makes sure that it can be written.
 * @throws Failure that says why it cannot
 */
export const prepareDataFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure(
      `Cannot keep data in ${folder}: ${reasons[code] ?? code}. Set FOBWATCH_DATA_DIR to another folder.`,
    )
  }
}

/**
 * The master key of this data folder, made at the first start. A key that the environment gives goes before it.
 * @returns the file, which only its owner can read
 */
export const provideMasterKey = async (folder: string): Promise<string> => {
  const file = join(folder, 'master-key')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept) await chmod(file, 0o600)
  else await writePrivately(file, `${randomBytes(32).toString('base64')}\n`)
  return file
}

/** Where `npm run fobwatch` finds what the running demonstration was started with. */
export const environmentFile = (folder: string): string => join(folder, 'environment')

/** Keeps the settings of this start for `npm run fobwatch`. */
export const keepEnvironment = (folder: string, values: Record<string, string>): Promise<void> => {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}\n`)
  return writePrivately(environmentFile(folder), lines.join(''))
}

const quoted = (value: string): string => (value.includes("'") ? `"${value}"` : `'${value}'`)

/** A kill in the middle leaves the old file or none. */
const writePrivately = async (file: string, text: string): Promise<void> => {
  const unfinished = `${file}.new`
  await writeFile(unfinished, text, { mode: 0o600, flush: true })
  await rename(unfinished, file)
}
