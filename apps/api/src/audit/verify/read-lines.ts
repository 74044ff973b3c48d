import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { unreadable } from '#commands'

/** No line that we write comes near this. Bytes. */
const longestLine = 4 * 1024 * 1024
const newLine = 0x0a

/** A line of the file, or what is wrong with the file from here on. */
export type FileLine = { number: number; text: string } | { number: number; fault: string }

/** Two texts that differ in a byte are two: what is no UTF-8 is not read as if it were. */
const textOf = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const lineOf = (number: number, bytes: Buffer): FileLine => {
  const text = textOf(bytes)
  return text === undefined ? { number, fault: 'is not in UTF-8' } : { number, text }
}

const isCompressed = async (file: string): Promise<boolean> => {
  const handle = await open(file).catch((cause) => {
    throw unreadable(file, cause)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
  } finally {
    await handle.close()
  }
}

const chunksOf = async (file: string): Promise<AsyncIterable<Buffer>> => {
  const compressed = await isCompressed(file)
  const whole = createReadStream(file)
  if (!compressed) return whole
  const plain = createGunzip()
  whole.on('error', (error) => plain.destroy(error))
  return whole.pipe(plain)
}

/** A file that ends amid its compressed part. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

/**
 * Reads a file line by line, compressed (gzip) or not, and holds one line of it at a time.
 * @throws Error with a sentence when the file cannot be read
 */
export async function* readLines(file: string): AsyncGenerator<FileLine> {
  let rest: Buffer = Buffer.alloc(0)
  let number = 1
  try {
    for await (const chunk of await chunksOf(file)) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      let from = 0
      for (let end = rest.indexOf(newLine); end >= 0; end = rest.indexOf(newLine, from)) {
        yield lineOf(number, rest.subarray(from, end))
        from = end + 1
        number += 1
      }
      rest = rest.subarray(from)
      if (rest.length > longestLine) return yield { number, fault: 'is longer than any line of an export' }
    }
  } catch (error) {
    if (!isCutOff(error)) throw error
    return yield { number, fault: 'is where the compressed file breaks off, or is damaged' }
  }
  if (rest.length > 0) yield { number, fault: 'does not end: the file is cut off' }
}
