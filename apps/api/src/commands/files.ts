import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'

/** What to say of a file that cannot be read: where it was looked for, whatever folder the command was called from. */
export const unreadable = (file: string, cause: unknown): Error =>
  new Error(`${resolve(file)} cannot be read.`, { cause })

/**
 * What is in a file.
 * @throws Error with a sentence when it cannot be read
 */
export const textOf = (file = ''): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    throw unreadable(file, cause)
  })

/** The same, or what comes on standard input for `-`. */
export const textGiven = (file = ''): Promise<string> => (file === '-' ? text(process.stdin) : textOf(file))
