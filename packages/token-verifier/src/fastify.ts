/**
 * For Fastify: a guard for routes, and a place for back-channel logouts. It has no need of Fastify itself.
 */
import { demand } from './demand.ts'
import { readForm } from './form.ts'
import { keepClaims } from './kept-claims.ts'
import { type EndedSessions, receiveLogout } from './logouts.ts'
import { checkNeeds, type Needs } from './needs.ts'
import { Refused } from './refused.ts'
import type { RequestLike } from './request.ts'
import type { TokenVerifier } from './verifier.ts'

export { claimsOf } from './kept-claims.ts'

/**
 * Makes guards for routes: `app.get(url, { preHandler: guard({ activity: 'B0360' }) }, handler)`.
 * A guard throws what it refuses, and Fastify answers it with its status and its challenge.
 */
export const createGuard = (verifier: Pick<TokenVerifier, 'verifyRequest'>) => {
  return (needs: Needs = {}) => {
    checkNeeds(needs)
    return async (request: RequestLike): Promise<void> => {
      const { claims } = await verifier.verifyRequest(request)
      demand(claims, needs)
      keepClaims(request, claims)
    }
  }
}

/**
 * Answers refusals, of guards and of `demand` in a handler, in JSON and with their challenge; throws all other errors on.
 * It is for `app.setErrorHandler(answerRefusals)` or a route's `errorHandler`; without it Fastify answers as it answers
 * every error, with the same status and challenge.
 */
export const answerRefusals = (error: unknown, _request: unknown, reply: Reply): unknown => {
  if (!(error instanceof Refused)) throw error
  return reply.code(error.status).headers(error.headers).send({ error: error.code, message: error.message })
}

const FORM = 'application/x-www-form-urlencoded'

type Reply = {
  code: (status: number) => Reply
  headers: (values: Readonly<Record<string, string>>) => Reply
  send: (body: unknown) => unknown
}

type App = {
  removeContentTypeParser: (type: string) => unknown
  addContentTypeParser: (
    type: string,
    parse: (request: unknown, body: AsyncIterable<unknown>) => Promise<string>,
  ) => unknown
  post: (url: string, handler: (request: { body: unknown }, reply: Reply) => Promise<unknown>) => unknown
}

/**
 * A plugin that takes back-channel logouts: `app.register(backChannelLogout(verifier, { url, end }))`.
 * @param options.url where, such as `/backchannel-logout`
 * @param options.end ends the sessions of your application that have the `sid`, or that are of the `sub`
 */
export const backChannelLogout =
  (
    verifier: Pick<TokenVerifier, 'verifyLogoutToken'>,
    { url, end }: { url: string; end: (ended: EndedSessions) => unknown },
  ) =>
  async (app: App): Promise<void> => {
    app.removeContentTypeParser(FORM)
    app.addContentTypeParser(FORM, async (_request, body) => readForm(body))
    app.post(url, async ({ body }, reply) => {
      const answer = await receiveLogout(verifier, body, end)
      return reply.code(answer.status).headers(answer.headers).send(answer.body)
    })
  }
