import type { FastifyRequest } from 'fastify'
import { personOf, type Visitor } from '../pages/index.ts'
import type { Sessions } from '../sessions/index.ts'

/** Who sent a request, for the head of any page; undefined for someone who is not logged in. */
export type VisitorOf = (request: FastifyRequest, path?: string) => Visitor | undefined

export const createVisitorOf =
  (sessions: Sessions): VisitorOf =>
  (request, path = request.url) => {
    const session = sessions.of(request)
    return session && { person: personOf(session.id, session.access), path }
  }
