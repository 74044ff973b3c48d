import type { FastifyReply, FastifyRequest } from 'fastify'
import { logInPath, sendPage, type Visitor } from '../pages/index.ts'
import type { Session, Sessions } from '../sessions/index.ts'
import { loggedOutPage, welcomePage } from './logged-out-pages.ts'
import type { VisitorOf } from './visitor.ts'

/** A request of someone who is logged in. */
export type Visit = { session: Session; visitor: Visitor; request: FastifyRequest; reply: FastifyReply }

export type ForLoggedIn = (
  answer: (visit: Visit) => unknown,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

type Deps = { sessions: Sessions; visitorOf: VisitorOf; clockToleranceSeconds: number }

/**
 * Lets in who is logged in; offers to log in to everyone else. When the access token has run out, the browser goes to
 * Fobwatch for another and is back at once, as long as its session there lasts.
 * @param deps.clockToleranceSeconds as the verifier has it, so that what it still accepts is not renewed, and a token
 *   fresh from Fobwatch never is
 */
export const createForLoggedIn =
  ({ sessions, visitorOf, clockToleranceSeconds }: Deps): ForLoggedIn =>
  (answer) =>
  async (request, reply) => {
    const session = sessions.of(request)
    const visitor = visitorOf(request)
    if (!session || !visitor) {
      const why = sessions.whyOver(request)
      sessions.end(request, reply)
      return sendPage(reply, sessions.hasHad(request) ? loggedOutPage(request.url, why) : welcomePage(request.url))
    }
    const isOver = session.access.exp + clockToleranceSeconds <= Date.now() / 1000
    if (isOver) return reply.redirect(logInPath(request.url), 303)

    const { roleStayed } = session
    session.roleStayed = false
    return answer({ session, visitor: { ...visitor, roleStayed }, request, reply })
  }
