/** Why the database cannot be had, in one sentence for the person at the terminal. */
export class LocalPostgresError extends Error {
  override name = 'LocalPostgresError'
}

/** A live supervisor has the folder: whoever chose the folder may name the setting that chooses another. */
export class FolderInUse extends LocalPostgresError {
  constructor(folder: string) {
    super(`The database in ${folder} is already in use by another running copy: stop that one first.`)
  }
}

/** The code of a system error (`EACCES`, `ENOENT` …), if it is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const reasons: Record<string, string> = {
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'that disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of that path is a file, not a folder',
  EEXIST: 'there is a file of that name',
}

/** Turns a system error on the data folder into a sentence; gives back anything else as it was. */
export const explained = (error: unknown, folder: string): unknown => {
  const reason = reasons[systemCode(error) ?? '']
  return reason ? new LocalPostgresError(`Cannot keep a database in ${folder}: ${reason}.`, { cause: error }) : error
}
