import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Attempts } from './attempts.ts'
import type { Fobwatch } from './fobwatch.ts'
import { returnToOf } from './return-to.ts'
import type { SendFault } from './send-fault.ts'
import { stepUpIn } from './step-up-in.ts'

type Deps = { attempts: Attempts; fobwatch: Fobwatch; sendFault: SendFault }

/** Sends the browser to Fobwatch, with secrets that must come back by this same browser. */
export const begin =
  ({ attempts, fobwatch, sendFault }: Deps) =>
  async (request: FastifyRequest, reply: FastifyReply) => {
    const query = request.query as Record<string, unknown>
    const wish = {
      returnTo: returnToOf(query['return']),
      changeRole: query['change-role'] === 'yes',
      stepUp: stepUpIn(query),
    }
    try {
      const url = await fobwatch.logInUrl(attempts.begin(request, reply, wish))
      return reply.redirect(url.href, 303)
    } catch (error) {
      return sendFault(request, reply, { error, ...wish })
    }
  }
