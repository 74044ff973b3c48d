import type { FastifyBaseLogger } from 'fastify'
import { type DestinationStream, pino } from 'pino'

/**
 * The log: one JSON object a line, without cookies, tokens or the questions of addresses.
 * @param destination where it goes; standard output unless given
 */
export const createLog = (level: string, destination?: DestinationStream): FastifyBaseLogger =>
  pino({ level, redact: ['req', '*.headers', '*.cookie', '*.authorization', '*.secret', '*.code'] }, destination)
