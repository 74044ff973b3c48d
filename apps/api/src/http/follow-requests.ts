import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notes } from '#kernel'

/** A request that is followed. */
export interface Followed {
  /** For the lines that the log has of it; none where this one was left out. */
  traceId: string | undefined
  /** Does what belongs to it. */
  enter: (work: () => void) => void
  end: (status: number) => void
}

/** Begins to follow a request; supplied by `app.ts`. */
export type FollowRequest = (about: {
  method: string
  /** The pattern that was registered, never what was asked for. */
  route: string | undefined
  requestId: string
  headers: FastifyRequest['headers']
}) => Followed

/** Whether a balancer asks how we are, every few seconds: that is no news to anybody. */
const isProbe = (route: string | undefined): boolean => route?.startsWith('/health/') === true

/** Follows every request but probes from its first hook to its answer, and names its trace in each line of its log. */
export const followRequests = (app: FastifyInstance, follow: FollowRequest): void => {
  const followed = notes<FastifyRequest, Followed>()
  app.addHook('onRequest', (request, reply, done) => {
    const { method, id: requestId, headers, routeOptions } = request
    if (isProbe(routeOptions.url)) return done()
    const each = follow({ method, route: routeOptions.url, requestId, headers })
    followed.set(request, each)
    if (each.traceId) {
      request.log = request.log.child({ traceId: each.traceId })
      reply.log = request.log
    }
    each.enter(done)
  })
  // Whatever reads a body is called by the connection, which serves many requests and knows of none.
  app.addHook('preValidation', (request, _reply, done) => {
    const each = followed.get(request)
    if (each) each.enter(done)
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    followed.get(request)?.end(reply.statusCode)
    done()
  })
}
