import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, destination as file, pino, stdSerializers } from 'pino'

/**
 * What is never written, whoever logs it: a request or an answer whole, and what a person or an application proves
 * themselves by. A `code` is one where it was sent to us; elsewhere it says which error it was, and stays.
 */
const hidden = new Set(['req', 'res', 'headers', 'query', 'body', 'params', 'cookie', 'authorization', 'secret'])

/** The same for what every line of a log has beside, which pino asks no formatter about. */
const hiding = Object.fromEntries([...hidden].map((name) => [name, () => '[hidden]']))

/** How deep what is logged is looked into, at how many objects of a line, and at how many items of a list. The rest is not written. */
const [deepest, mostParts, mostItems] = [6, 200, 100]

/** What is logged, without what is hidden, however deep. pino's own way copies all of every line, and looks two deep. */
const withoutSecrets = (said: object): Record<string, unknown> => {
  let left = mostParts
  /** A part of it, as JSON has it. */
  const partOf = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value
    left -= 1
    if (depth > deepest || left < 0) return '[more]'
    if (value instanceof Error) return partsOf(stdSerializers.err(value), depth)
    if ('toJSON' in value && typeof value.toJSON === 'function') return partOf(value.toJSON(), depth + 1)
    if (Array.isArray(value)) return value.slice(0, mostItems).map((each) => partOf(each, depth + 1))
    return partsOf(value, depth)
  }
  const partsOf = (value: object, depth: number): Record<string, unknown> => {
    const told: Record<string, unknown> = {}
    for (const [name, part] of Object.entries(value))
      told[name] = hidden.has(name) ? '[hidden]' : partOf(part, depth + 1)
    return told
  }
  return partsOf(said, 0)
}

/** Whatever is logged, a line is written, and whoever logs it goes on: it may be of a thing that throws when it is read. */
const told = (said: object): Record<string, unknown> => {
  try {
    return withoutSecrets(said)
  } catch {
    return { unreadable: Object.keys(said) }
  }
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
      formatters: { log: told },
      serializers: { err: (error: unknown) => error, ...hiding },
    },
    destination,
  )
  return worker === undefined ? log : log.child({ worker })
}
