import type { FastifyInstance } from 'fastify'

/**
 * `/health/live` says that the process runs; `/health/ready` that it can do its work now.
 * @param isReady resolves to why it cannot, or to nothing when it can
 */
export const registerHealth = (app: FastifyInstance, isReady: () => Promise<string | undefined>): void => {
  const schema = { hide: true }
  app.get('/health/live', { schema, logLevel: 'warn' }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  )
  app.get('/health/ready', { schema, logLevel: 'warn' }, async (_request, reply) => {
    const reason = await isReady()
    reply.header('cache-control', 'no-store')
    if (reason === undefined) return reply.send({ status: 'ready' })
    return reply.status(503).header('retry-after', 5).send({ status: 'not-ready', reason })
  })
}
