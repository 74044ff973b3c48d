import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '#kernel'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Who made a browser ask, where that is another website. Whoever typed an address in is nobody's sender. */
const senderOf = ({ headers }: FastifyRequest, own: string, isSafe: boolean): string | undefined => {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined && origin !== own) return `origin ${origin}`
  if (site === undefined || site === 'same-origin' || (isSafe && site === 'none')) return undefined
  return `sec-fetch-site ${site}`
}

/**
 * Refuses what another website makes a browser send. Every current browser names the sender of a POST, in `Origin` and
 * in `Sec-Fetch-Site`; a client that is no browser names nobody, and carries no cookies of ours either. What is only read is
 * refused below `/api` too: at the desk it is recorded who read what, and no other website makes somebody have read.
 * @param isExempt addresses that other websites are meant to post to
 */
export const refuseCrossSite = (app: FastifyInstance, issuer: string, isExempt: (url: string) => boolean): void => {
  const own = new URL(issuer).origin
  app.addHook('onRequest', (request, _reply, done) => {
    const isSafe = safeMethods.has(request.method)
    // The route's own address: what was asked for may be spelt in other ways.
    if (isSafe ? !request.routeOptions.url?.startsWith('/api/') : isExempt(request.url)) return done()
    const sender = senderOf(request, own, isSafe)
    return sender ? done(new Refusal('cross_site', sender)) : done()
  })
}
