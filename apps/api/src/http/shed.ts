import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#kernel'
import { answerRefusal, secondsToWait } from './errors.ts'
import type { Pressure } from './pressure.ts'

/** What a request is to whoever sends it: it begins something, goes on with it, or asks how we are. */
export type Standing = 'beginning' | 'going-on' | 'asking-how-we-are'

interface Deps {
  pressure: () => Pressure
  /** @param route the address of a route, as it was registered; undefined where there is none */
  standingOf: (route: string | undefined) => Standing
  /** Whether whoever asks is answered in the words of OAuth. */
  isProtocol: (route: string) => boolean
  /** What a browser shows. */
  page: (reference: string) => string
  /** Told of each that is refused. */
  tell: () => void
}

const wantsPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html')

/** RFC 6749 §4.1.2.1; the other endpoints of the protocol use the same word. */
const protocolBody = { error: 'temporarily_unavailable', error_description: 'Try again in a moment.' }

/**
 * Refuses what cannot be done in time with 503, before any work is done for it. Whoever is in the middle of logging in is served
 * for longer than whoever would begin: a log in that is begun and not finished is work for nobody.
 */
export const registerShedding = (
  app: FastifyInstance,
  { pressure, standingOf, isProtocol, page, tell }: Deps,
): void => {
  /** Many are refused at once, so that each is not worth a line with its cause. */
  let refused = 0
  const timer = setInterval(() => {
    if (refused > 0) app.log.warn({ refused }, 'too much to do at once')
    refused = 0
  }, 1000).unref()
  app.addHook('onClose', async () => clearInterval(timer))

  const refuse = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    refused += 1
    tell()
    const route = request.routeOptions.url
    reply.status(503).headers({ 'retry-after': secondsToWait, 'cache-control': 'no-store' })
    if (wantsPage(request)) return reply.type('text/html; charset=utf-8').send(page(request.id))
    if (route !== undefined && isProtocol(route))
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(protocolBody))
    return answerRefusal(new Refusal('unavailable'), request, reply)
  }

  app.addHook('onRequest', (request, reply, done) => {
    const now = pressure()
    if (now === 'none') return done()
    const standing = standingOf(request.routeOptions.url)
    if (standing === 'asking-how-we-are' || (now === 'high' && standing === 'going-on')) return done()
    refuse(request, reply)
  })
}
