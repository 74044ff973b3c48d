import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LocalPostgresError } from './errors.ts'

const busy = 5

/**
 * Takes the folder for this supervisor. The lock is the operating system's (by way of SQLite, which Node carries and
 * which knows how to lock on every platform), so it ends with the process, and no stale file or reused process id can
 * keep anyone out.
 * @returns what lets go of it, and may be called again
 * @throws LocalPostgresError when a live supervisor has it
 */
export const lockFolder = (folder: string): (() => void) => {
  const lock = new DatabaseSync(join(folder, 'supervisor.lock'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === busy)
      throw new LocalPostgresError(
        `The database in ${folder} is already in use by another running copy: stop that one first, or choose another data folder.`,
      )
    throw error
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
