import type { FastifyInstance } from 'fastify'
import { secondsToWait } from './errors.ts'

/** Why nothing should be sent here now: a word for programs, and a sentence for people. */
export interface WhyNot {
  because:
    | 'stopping'
    | 'overloaded'
    | 'database-away'
    | 'database-behind'
    | 'database-read-only'
    | 'clock-off'
    | 'no-signing-keys'
  reason: string
}

/**
 * `/health/live` says that the process runs; `/health/ready` that it can do its work now.
 * @param whyNot resolves to why it cannot, or to nothing when it can
 */
export const registerHealth = (app: FastifyInstance, whyNot: () => Promise<WhyNot | undefined>): void => {
  const schema = { hide: true }
  app.get('/health/live', { schema, logLevel: 'warn' }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  )
  app.get('/health/ready', { schema, logLevel: 'warn' }, async (_request, reply) => {
    const why = await whyNot()
    reply.header('cache-control', 'no-store')
    if (why === undefined) return reply.send({ status: 'ready' })
    return reply
      .status(503)
      .header('retry-after', secondsToWait)
      .send({ status: 'not-ready', ...why })
  })
}
