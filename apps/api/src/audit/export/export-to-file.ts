import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { AuditChain } from '../chain/index.ts'

/**
 * Writes the whole log to a new file, which nobody but its owner may read; compressed where its name ends in `.gz`.
 * @throws Error when there is such a file already, or it cannot be written; then nothing of it is left
 */
export const exportToFile =
  ({ exportLines, recordAlone }: Pick<AuditChain, 'exportLines' | 'recordAlone'>) =>
  async (file: string): Promise<void> => {
    await recordAlone({ type: 'audit-exported', details: { by: 'command' } })
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
    const lines = Readable.from(exportLines())
    try {
      await (file.endsWith('.gz') ? pipeline(lines, createGzip(), target) : pipeline(lines, target))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
        throw new Error(`${file} is there already, and is left as it is.`)
      await rm(file, { force: true })
      throw error
    }
  }
