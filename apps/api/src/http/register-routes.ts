import { Failure } from '@fobwatch/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newSecret, notes } from '#kernel'
import { browserCookie, type CookieNames, knownCookie, sessionCookie, sharedCookie } from './cookies.ts'
import { admitAddress, admitByGuard, admitKnown, type Bounds, type KnownBrowsers } from './limits.ts'
import { senderOf } from './network-of.ts'
import type { Download, GuardName, Route } from './route.ts'
import type { SignedIn, Visit } from './visit.ts'

/** Decides whether this visit may come in; who is signed in is its answer. It refuses by throwing. */
export type Guard = (name: GuardName, visit: Visit) => Promise<SignedIn | undefined>

export interface HttpDeps {
  issuer: string
  cookies: CookieNames
  guard: Guard
  bounds: Bounds
  knownBrowsers: KnownBrowsers
  /** Goes round each verb, by the sentence that says what it does. */
  around: <T>(name: string, work: () => Promise<T>) => Promise<T>
}

/** Guards that find nobody whom we know. */
const open: readonly GuardName[] = ['anyone', 'enrolling']

const makeVisit = (
  { issuer, cookies, knownBrowsers }: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Visit => ({
  requestId: request.id,
  userAgent: request.headers['user-agent'],
  network: senderOf(request).network,
  signedIn: undefined,
  application: undefined,
  sessionSecret: request.cookies[cookies.session],
  browser: () => {
    const known = request.cookies[cookies.browser]
    if (known) return known
    const made = newSecret()
    request.cookies[cookies.browser] = made
    reply.setCookie(cookies.browser, made, browserCookie(issuer))
    return made
  },
  isShared: request.cookies[cookies.shared] !== undefined,
  markShared: (shared) =>
    shared
      ? void reply.setCookie(cookies.shared, 'yes', sharedCookie(issuer))
      : void reply.clearCookie(cookies.shared, browserCookie(issuer)),
  passSecret: request.cookies[cookies.pass],
  setPassCookie: (secret) => void reply.setCookie(cookies.pass, secret, browserCookie(issuer)),
  clearPassCookie: () => void reply.clearCookie(cookies.pass, browserCookie(issuer)),
  setSessionCookie: (secret, personId) => {
    reply.setCookie(cookies.session, secret, sessionCookie(issuer))
    const known = knownBrowsers.renew(request.cookies[cookies.known], personId)
    if (known) reply.setCookie(cookies.known, known, knownCookie(issuer))
  },
  clearSessionCookie: () => void reply.clearCookie(cookies.session, sessionCookie(issuer)),
  raw: { request, reply },
})

/** Whoever the guard finds, unless there were too many from their address. */
const admit = async ({ bounds, guard, knownBrowsers, cookies }: HttpDeps, route: Route, visit: Visit) => {
  const known = () => knownBrowsers.idOf(visit.raw.request.cookies[cookies.known])
  if (!open.includes(route.guard)) return admitByGuard(bounds, visit.network, known, () => guard(route.guard, visit))
  admitAddress(bounds, route.limit, visit.network, known)
  return guard(route.guard, visit)
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The parts that the schema names, in one object: what no schema has looked at reaches no verb. The address wins. */
const inputOf = (request: FastifyRequest, { params, querystring, body }: Route['schema']): Record<string, unknown> =>
  Object.assign({}, ...[body && request.body, querystring && request.query, params && request.params].filter(isObject))

const successOf = ({ response, status, file }: Route['schema']) => {
  if (response) return { [status ?? 200]: response }
  if (!file) return { 204: { type: 'null', description: 'Done.' } }
  return { 200: { description: 'The file.', content: { [file]: { schema: { type: 'string', format: 'binary' } } } } }
}

const responsesOf = ({ schema }: Route) => ({
  ...successOf(schema),
  '4xx': schema.form?.failure ?? Failure,
  '5xx': schema.form?.failure ?? Failure,
})

/** The visit that a request makes, from its guard to its verb. */
const visits = notes<FastifyRequest, Visit>()

const visitOf = (request: FastifyRequest): Visit => {
  const visit = visits.get(request)
  if (!visit) throw new Error('A verb was reached past its guard')
  return visit
}

const sendFile = (reply: FastifyReply, mediaType: string, { name, content }: Download) =>
  reply.type(mediaType).header('content-disposition', `attachment; filename="${name}"`).send(content)

/**
 * Puts a room's table of routes on the server: limit and guard first, before the body is so much as read, then the schema, the
 * verb, and the response by its schema.
 */
export const registerRoutes = (app: FastifyInstance, deps: HttpDeps, tag: string, routes: readonly Route[]): void => {
  for (const route of routes) {
    const { response, status, form, file, bodyLimit, ...schema } = route.schema
    app.route({
      method: route.method,
      url: route.url,
      ...(bodyLimit !== undefined && { bodyLimit }),
      config: { form },
      schema: { ...schema, tags: [tag], response: responsesOf(route) },
      onRequest: async (request, reply) => {
        reply.header('cache-control', 'no-store')
        if (form) reply.type(form.mediaType)
        const visit = makeVisit(deps, request, reply)
        visit.signedIn = await admit(deps, route, visit)
        admitKnown(deps.bounds, visit)
        visits.set(request, visit)
      },
      handler: async (request, reply) => {
        const run = () => route.handler(inputOf(request, route.schema) as never, visitOf(request))
        const result = await deps.around(route.schema.summary, run)
        if (file) return sendFile(reply, file, result as Download)
        if (!response) return reply.status(204).send()
        // Whoever has it already is told so, and sent nothing.
        if (reply.statusCode === 304) return reply.send()
        if (status) reply.status(status)
        return result
      },
    })
  }
}
