import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, destination as file, type LoggerOptions, pino, stdSerializers } from 'pino'

/**
 * What is never written, whoever logs it: a request or an answer whole, and what a person or an application proves
 * themselves by. A `code` is one where it was sent to us; elsewhere it says which error it was, and stays.
 */
const hidden = new Set(
  `req res headers query body params cookie set-cookie authorization dpop secret password client_secret client_assertion
   code_verifier access_token refresh_token id_token id_token_hint logout_token subject_token`.split(/\s+/),
)

/** Whoever writes it in whatever capitals. */
const isHidden = (name: string) => hidden.has(name.toLowerCase())

/** The same for what every line of a log has beside, which pino asks no formatter about. */
const hiding = Object.fromEntries([...hidden].map((name) => [name, () => '[hidden]']))

/** How deep what is logged is looked into, and how many characters a line has, about; a text has no more than half of those left. The rest is not written. */
const [deepest, longest] = [6, 16_000]

/** @param most characters, as JSON writes them, where a control character is six */
const cut = (text: string, most: number): string => {
  const written = JSON.stringify(text.slice(0, most)).length - 2
  const fits = written > most ? most ** 2 / written : most
  return text.length > fits ? `${text.slice(0, fits)}[more]` : text
}

/**
 * An error and its causes in pino's words. pino is handed no more of it: it would read all that there is, however much. What
 * throws when it is read takes no other part of the error with it.
 */
const inWords = (error: Error & { errors?: unknown }) => {
  try {
    const { name, message, stack = '', cause } = error
    const words = stdSerializers.err({ name, message, stack, cause })
    return { type: error.constructor.name, message: words.message, stack: words.stack, aggregateErrors: error.errors }
  } catch {
    return { type: 'Error', message: '[unreadable]' }
  }
}

/**
 * What is logged, without what is hidden, however deep, and the error first, which a line is mostly about. pino's own way
 * copies all of every line, and looks two deep.
 */
const withoutSecrets = (said: object): Record<string, unknown> => {
  let left = longest
  /** What JSON has of it. */
  const asJson = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return textOf(value)
    if (typeof value === 'bigint') return textOf(`${value}`)
    if (typeof value !== 'object' || value === null) return value
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
    if (depth > deepest) return '[more]'
    if (value instanceof Error) return partsOf(value, depth, partsOf(inWords(value), depth))
    if ('toJSON' in value && typeof value.toJSON === 'function') return asJson(value.toJSON(), depth + 1)
    if (Array.isArray(value)) return Object.values(partsOf(value.slice(0, left), depth))
    return partsOf(value, depth)
  }
  const textOf = (text: string) => {
    const short = cut(text, Math.max(left, 0) / 2)
    left -= JSON.stringify(short).length
    return short
  }
  const partsOf = (whole: object, depth: number, told: Record<string, unknown> = {}) => {
    for (const name of Object.keys(whole)) {
      if (Object.hasOwn(told, name)) continue
      // With what is written around it, or instead of it.
      left -= name.length + 8
      if (left < 0) return { ...told, '[more]': '[more]' }
      told[name] = partOf(whole, name, depth + 1)
    }
    return told
  }
  /** What throws when it is read takes nothing with it that is beside it. */
  const partOf = (whole: object, name: string, depth: number) => {
    try {
      return isHidden(name) ? '[hidden]' : asJson(Reflect.get(whole, name), depth)
    } catch {
      return '[unreadable]'
    }
  }
  return partsOf(said, 0, 'err' in said ? { err: partOf(said, 'err', 1) } : {})
}

/** Whatever is logged, a line is written, and whoever logs it goes on: it may be a thing that throws whoever looks at it. */
const hooks: LoggerOptions['hooks'] = {
  logMethod(args, method) {
    try {
      method.apply(this, args)
    } catch {
      const message = args.find((each) => typeof each === 'string')
      method.call(this, { unreadable: true }, message)
    }
  },
}

/** pino takes what an error says of itself for the message, past everything above, and whatever it is. */
const messageOf = (text: unknown) => (typeof text === 'string' ? cut(text, longest) : '')

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
      formatters: { log: withoutSecrets },
      hooks,
      serializers: { err: (error: unknown) => error, msg: messageOf, ...hiding },
    },
    destination,
  )
  return worker === undefined ? log : log.child({ worker })
}
