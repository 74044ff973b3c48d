import { type Logger, pino } from 'pino'

/** The log: one JSON object a line, on standard output, without cookies, tokens or addresses' questions. */
export const createLog = (level: string): Logger =>
  pino({ level, redact: ['req', '*.headers', '*.cookie', '*.authorization', '*.secret', '*.code', 'err.config'] })
