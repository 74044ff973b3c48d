import type { FastifyRequest } from 'fastify'

/**
 * Whether a form was sent from a page of ours. A cookie alone does not say so: other ports of this host have it too.
 * @param ownOrigin where we are, as the browser sees it
 */
export const isFromOurPage = (request: Pick<FastifyRequest, 'headers'>, ownOrigin: string): boolean => {
  const site = request.headers['sec-fetch-site']
  return site === undefined ? request.headers.origin === ownOrigin : site === 'same-origin'
}
