import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'

/**
 * What is never written, whoever logs it: a request or an answer whole, and what a person or an application proves
 * themselves by. A `code` is one where it was sent to us; elsewhere it says which error it was, and stays.
 */
const hidden = [
  ...['req', 'res', 'headers', '*.headers', 'query', '*.query', 'body', '*.body', 'params.code', '*.params.code'],
  ...['cookie', '*.cookie', 'authorization', '*.authorization', 'secret', '*.secret'],
]

/**
 * The log: one JSON object a line, without cookies, tokens or the questions of addresses.
 * @param destination where it goes; standard output unless given
 */
export const createLog = (level: string, destination?: DestinationStream): FastifyBaseLogger =>
  pino({ level, redact: hidden }, destination)
