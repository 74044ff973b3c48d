import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'

/** The log: one JSON object a line, on standard output, without cookies, tokens or the questions of addresses. */
export const createLog = (level: string): FastifyBaseLogger =>
  pino({ level, redact: ['req', '*.headers', '*.cookie', '*.authorization', '*.secret', '*.code'] })
