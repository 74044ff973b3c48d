import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sessions } from '../sessions/index.ts'
import { isFromOurPage } from './same-origin.ts'

type Deps = { ownOrigin: string; sessions: Sessions }

/** Tells the page how long the session has, without keeping it awake: it may have been used in another tab. */
export const timeLeft =
  ({ sessions }: Pick<Deps, 'sessions'>) =>
  (request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'no-store').send({ secondsLeft: sessions.secondsLeft(request) })

/** Keeps the session awake for somebody who said that they are still there. */
export const stay = (deps: Deps) => (request: FastifyRequest, reply: FastifyReply) => {
  if (isFromOurPage(request, deps.ownOrigin)) deps.sessions.of(request)
  return timeLeft(deps)(request, reply)
}
