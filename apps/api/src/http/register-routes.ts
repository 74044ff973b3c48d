import { Failure } from '@fobwatch/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newSecret } from '#kernel'
import { browserCookie, type CookieNames, sessionCookie } from './cookies.ts'
import type { GuardName, Route } from './route.ts'
import type { SignedIn, Visit } from './visit.ts'

/** Decides whether this visit may come in; who is signed in is its answer. It refuses by throwing. */
export type Guard = (name: GuardName, visit: Visit) => Promise<SignedIn | undefined>

export interface HttpDeps {
  issuer: string
  cookies: CookieNames
  guard: Guard
}

const makeVisit = ({ issuer, cookies }: HttpDeps, request: FastifyRequest, reply: FastifyReply): Visit => ({
  requestId: request.id,
  userAgent: request.headers['user-agent'],
  signedIn: undefined,
  sessionSecret: request.cookies[cookies.session],
  browser: () => {
    const known = request.cookies[cookies.browser]
    if (known) return known
    const made = newSecret()
    request.cookies[cookies.browser] = made
    reply.setCookie(cookies.browser, made, browserCookie(issuer))
    return made
  },
  setSessionCookie: (secret) => void reply.setCookie(cookies.session, secret, sessionCookie(issuer)),
  clearSessionCookie: () => void reply.clearCookie(cookies.session, sessionCookie(issuer)),
  raw: { request, reply },
})

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Params, query and body in one object; the contracts see to it that they share no name. */
const inputOf = (request: FastifyRequest): Record<string, unknown> =>
  Object.assign({}, ...[request.params, request.query, request.body].filter(isObject))

const responsesOf = (route: Route) => ({
  ...(route.schema.response ? { 200: route.schema.response } : { 204: { type: 'null', description: 'Done.' } }),
  '4xx': Failure,
  '5xx': Failure,
})

/** Puts a room's table of routes on the server: guard first, then the verb, then the response by its schema. */
export const registerRoutes = (app: FastifyInstance, deps: HttpDeps, tag: string, routes: readonly Route[]): void => {
  for (const route of routes) {
    const { response, ...schema } = route.schema
    app.route({
      method: route.method,
      url: route.url,
      schema: { ...schema, tags: [tag], response: responsesOf(route) },
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store')
        const visit = makeVisit(deps, request, reply)
        visit.signedIn = await deps.guard(route.guard, visit)
        const result = await route.handler(inputOf(request) as never, visit)
        if (!response) return reply.status(204).send()
        return result
      },
    })
  }
}
