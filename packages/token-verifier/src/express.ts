/**
 * For Express: a guard for routes, answers to refusals, and a place for back-channel logouts. It has no need of Express
 * itself.
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

type Next = (error?: unknown) => void
type Response = {
  status: (status: number) => Response
  set: (headers: Record<string, string>) => Response
  send: (body: unknown) => unknown
}

/**
 * Makes guards for routes: `app.get(url, guard({ activity: 'B0360' }), handler)`.
 * A guard hands on what it refuses: `app.use(answerRefusals)`, after the routes, answers it.
 */
export const createGuard = (verifier: Pick<TokenVerifier, 'verifyRequest'>) => {
  return (needs: Needs = {}) => {
    checkNeeds(needs)
    return async (request: RequestLike, _response: unknown, next: Next): Promise<void> => {
      try {
        const { claims } = await verifier.verifyRequest(request)
        demand(claims, needs)
        keepClaims(request, claims)
      } catch (error) {
        return next(error)
      }
      next()
    }
  }
}

/** Answers refusals, of guards and of `demand` in a handler, in JSON and with their challenge; hands on all other errors. */
export const answerRefusals = (error: unknown, _request: unknown, response: Response, next: Next): void => {
  if (error instanceof Refused)
    response.status(error.status).set(error.headers).send({ error: error.code, message: error.message })
  else next(error)
}

/**
 * Takes back-channel logouts: `app.post('/backchannel-logout', backChannelLogout(verifier, { end }))`. It reads the form
 * by itself, unless a parser before it did.
 * @param options.end ends the sessions of your application that have the `sid`, or that are of the `sub`
 */
export const backChannelLogout =
  (verifier: Pick<TokenVerifier, 'verifyLogoutToken'>, { end }: { end: (ended: EndedSessions) => unknown }) =>
  async (request: AsyncIterable<unknown> & { body?: unknown }, response: Response, next: Next): Promise<void> => {
    try {
      const answer = await receiveLogout(verifier, request.body ?? (await readForm(request)), end)
      response.status(answer.status).set(answer.headers).send(answer.body)
    } catch (error) {
      next(error)
    }
  }
