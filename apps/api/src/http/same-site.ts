import type { FastifyInstance } from 'fastify'
import { Refusal } from '#kernel'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another website makes a browser send. Every current browser names the sender of a POST, in `Origin` and
 * in `Sec-Fetch-Site`; a client that is no browser names nobody, and carries no cookies of ours either.
 * @param isExempt addresses that other websites are meant to post to
 */
export const refuseCrossSite = (app: FastifyInstance, issuer: string, isExempt: (url: string) => boolean): void => {
  const own = new URL(issuer).origin
  app.addHook('onRequest', async (request) => {
    if (safeMethods.has(request.method) || isExempt(request.url)) return
    const { origin, 'sec-fetch-site': site } = request.headers
    if (origin !== undefined && origin !== own) throw new Refusal('cross_site', `origin ${origin}`)
    if (site !== undefined && site !== 'same-origin') throw new Refusal('cross_site', `sec-fetch-site ${site}`)
  })
}
