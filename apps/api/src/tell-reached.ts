import type { FastifyBaseLogger } from 'fastify'
import type { RecordAlone } from '#audit'
import type { Reached } from '#limits'

interface Deps {
  recordAlone: RecordAlone
  log: Pick<FastifyBaseLogger, 'warn'>
}

/** Notes that somebody reached a limit: for the operator in the log, and for the record in the audit. */
export const tellReached =
  ({ recordAlone, log }: Deps) =>
  async ({ limit, who, person, client }: Reached): Promise<void> => {
    log.warn({ limit, who, person, client }, 'a limit was reached')
    await recordAlone({
      ...{ type: 'limit-reached', outcome: 'refused', person: person ?? null, client: client ?? null },
      details: { limit, who },
    })
  }
