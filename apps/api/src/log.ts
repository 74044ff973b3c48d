import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, destination as file, pino, stdSerializers } from 'pino'

/**
 * What is never written, whoever logs it: a request or an answer whole, and what a person or an application proves
 * themselves by. A `code` is one where it was sent to us; elsewhere it says which error it was, and stays.
 */
const hidden = new Set(['req', 'res', 'headers', 'query', 'body', 'params', 'cookie', 'authorization', 'secret'])

/** The same for what every line of a log has beside, which pino asks no formatter about. */
const hiding = Object.fromEntries([...hidden].map((name) => [name, () => '[hidden]']))

/** How deep what is logged is looked into; what lies deeper is not written. */
const deepest = 6

/** A part of what is logged, as JSON has it, without what is hidden. */
const partOf = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '[deeper]'
  if (value instanceof Error) return withoutSecrets(stdSerializers.err(value), depth)
  if ('toJSON' in value && typeof value.toJSON === 'function') return partOf(value.toJSON(), depth + 1)
  return Array.isArray(value) ? value.map((each) => partOf(each, depth + 1)) : withoutSecrets(value, depth)
}

/** What is logged, without what is hidden, however deep. pino's own way copies all of every line, and looks two deep. */
const withoutSecrets = (said: object, depth = 0): Record<string, unknown> => {
  const told: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(said))
    told[name] = hidden.has(name) ? '[hidden]' : partOf(value, depth + 1)
  return told
}

/** How much is written at once, in bytes, and how long a line may wait, in milliseconds. */
const together = { minLength: 8 * 1024, periodicFlush: 250 }
/** Of pino: `warn`. */
const atOnce = 40
/** By which pino tells a destination the level of each line, as `lastLevel`. */
const wantsLevels = Symbol.for('pino.metadata')

let out: ReturnType<typeof file> | undefined

const openOutput = () => {
  out = file({ dest: 1, sync: true, ...together })
  process.once('exit', () => out?.flushSync())
  return out
}

/**
 * Standard output, written to in pieces: a write of its own for each line costs more than all else that logging does. A
 * warning is written at once, with all before it, and nothing waits when the process ends by itself.
 */
const standardOutput = () => {
  const to = out ?? openOutput()
  return {
    [wantsLevels]: true,
    lastLevel: 0,
    write(line: string) {
      to.write(line)
      if (this.lastLevel >= atOnce) to.flushSync()
    },
  }
}

/**
 * The log: one JSON object a line, without cookies, tokens or the questions of addresses.
 * @param destination where it goes; standard output unless given
 * @param worker which worker writes it, where there are several
 */
export const createLog = (
  level: string,
  destination: DestinationStream = standardOutput(),
  worker?: number,
): FastifyBaseLogger => {
  const log = pino(
    {
      level,
      formatters: { log: (said) => withoutSecrets(said) },
      serializers: { err: (error: unknown) => error, ...hiding },
    },
    destination,
  )
  return worker === undefined ? log : log.child({ worker })
}
