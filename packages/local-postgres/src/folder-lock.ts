import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { FolderInUse } from './errors.ts'

const busy = 5

/**
 * Takes the folder for this supervisor. The lock is the operating system's (by way of SQLite, which Node carries and
 * which knows how to lock on every platform), so it ends with the process, and no stale file or reused process id can
 * keep anyone out.
 * @returns what lets go of it, and may be called again
 * @throws FolderInUse when a live supervisor has it
 */
export const lockFolder = (folder: string): (() => void) => {
  const lock = new DatabaseSync(join(folder, 'supervisor.lock'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) throw new FolderInUse(folder)
    throw error
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
