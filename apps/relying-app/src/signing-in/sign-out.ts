import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sessions } from '../sessions/index.ts'
import type { Fobwatch } from './fobwatch.ts'
import { isFromOurPage } from './same-origin.ts'
import type { SendFault } from './send-fault.ts'

type Deps = { ownOrigin: string; fobwatch: Fobwatch; sessions: Sessions; sendFault: SendFault }

/** Ends the session here, whatever follows, and then sends the browser to end the one at Fobwatch. */
export const signOut =
  ({ ownOrigin, fobwatch, sessions, sendFault }: Deps) =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isFromOurPage(request, ownOrigin)) return reply.redirect('/', 303)

    const session = sessions.end(request, reply)
    if (!session) return reply.redirect('/', 303)
    try {
      return reply.redirect((await fobwatch.logOutUrl(session.idToken)).href, 303)
    } catch (error) {
      return sendFault(request, reply, { fault: 'only_here', error, returnTo: '/' })
    }
  }
