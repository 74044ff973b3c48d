import type { FastifyInstance, FastifyRequest } from 'fastify'
import { notes, Refusal } from '#kernel'

/** The addresses of requests that came with another method, as they were registered. */
const addresses = notes<FastifyRequest, string>()

/** The address of a route that is asked for, as it was registered, whatever the method; nothing where there is none. */
export const routeOf = (request: FastifyRequest): string | undefined =>
  request.routeOptions.url ?? addresses.get(request)

const formOf = (url: string): RegExp => {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : RegExp.escape(part)))
  return new RegExp(`^${parts.join('/')}$`)
}

/**
 * Tells whoever comes with another method which ones an address takes (RFC 9110 §15.5.6). A route for each method that an
 * address does not take would be six times as many routes as there are, and a quarter of the time of a start.
 * @param served every address with a method that it takes
 */
export const refuseOtherMethods = (app: FastifyInstance, served: readonly { method: string; url: string }[]): void => {
  const rows = [...Map.groupBy(served, ({ url }) => url)].map(([url, each]) => {
    const methods = each.map(({ method }) => method)
    return { url, form: formOf(url), taken: methods.includes('GET') ? [...methods, 'HEAD'] : methods }
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done()
    const [path = ''] = request.url.split(/[?#]/, 1)
    const row = rows.find(({ form }) => form.test(path))
    if (!row) return done()
    addresses.set(request, row.url)
    reply.header('allow', row.taken.toSorted().join(', '))
    done(new Refusal('method_not_allowed'))
  })
}
