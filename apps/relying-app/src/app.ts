import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { createTokenVerifier } from '@fobwatch/token-verifier'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify'
import type { Config } from './config.ts'
import { assetRoutes, noSuchPage, sendPage, somethingWrongPage } from './pages/index.ts'
import { createSessions } from './sessions/index.ts'
import { createAttempts, createFobwatch, createForLoggedIn, sendFault, signingInRoutes } from './signing-in/index.ts'
import { createWardClient, wardApi, wardRoutes } from './ward/index.ts'
import { youRoutes } from './you/index.ts'

const CLOCK_TOLERANCE_SECONDS = 5

/**
 * Builds the application: the explicit list of its rooms and what each is handed. It listens nowhere yet, and asks
 * nothing of Fobwatch until somebody logs in.
 */
export const buildApp = async (config: Config): Promise<FastifyInstance> => {
  const app = fastify({
    logger: { level: config.logLevel, serializers: { req: describeRequest } },
    genReqId: () => randomBytes(4).toString('hex'),
    // A HEAD for /callback would spend the code that the GET needs.
    exposeHeadRoutes: false,
  })
  await app.register(cookie)
  await app.register(helmet, securityHeaders(config))
  app.addContentTypeParser('application/x-www-form-urlencoded', discardBody)
  app.setNotFoundHandler((request, reply) =>
    isForApi(request) ? apiError(reply, 404) : sendPage(reply, noSuchPage(), 404),
  )
  app.setErrorHandler(sendError)
  for (const route of routes(config)) app.route(route)
  return app
}

const routes = (config: Config): RouteOptions[] => {
  const { apiUrl, issuer, clientId, url } = config
  const isSecure = url.startsWith('https:')
  const verifier = createTokenVerifier({
    issuer,
    audience: apiUrl,
    clientId,
    clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS,
  })
  const sessions = createSessions(isSecure)
  const attempts = createAttempts(isSecure)
  const fobwatch = createFobwatch(config)
  const forLoggedIn = createForLoggedIn({ sessions, clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS })

  return [
    { method: 'GET', url: '/health/live', logLevel: 'silent', handler: () => ({ status: 'live' }) },
    ...assetRoutes(),
    ...signingInRoutes({ ownOrigin: url, attempts, fobwatch, verifier, sessions, sendFault }),
    ...wardApi(verifier),
    ...wardRoutes({ forLoggedIn, ward: createWardClient(apiUrl), sendFault }),
    ...youRoutes({ forLoggedIn, verifier }),
  ]
}

/** No script at all, no style but our stylesheet, and forms that may lead to us and, for the log out, to Fobwatch. */
const securityHeaders = ({ url, issuer }: Config) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'", new URL(issuer).origin],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // A form sent from a page without a referrer has no origin either, and /sign-out asks for one.
  referrerPolicy: { policy: 'same-origin' as const },
  strictTransportSecurity: url.startsWith('https:') ? { maxAge: 31_536_000 } : false,
})

/** What the log holds of a request: no query, which on the way back from Fobwatch has the code. */
const describeRequest = (request: FastifyRequest) => ({
  method: request.method,
  path: request.url.split('?')[0],
})

/** Our one form has no fields: what comes with it is read off and let go. */
const discardBody = (_request: FastifyRequest, body: NodeJS.ReadableStream, done: (error: null) => void) => {
  body.resume()
  done(null)
}

const isForApi = (request: FastifyRequest) => request.url.startsWith('/api/')

const apiError = (reply: FastifyReply, status: number) =>
  reply
    .code(status)
    .send({ error: status === 404 ? 'unknown_path' : 'failed', message: 'There is nothing here to give' })

const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const status = clientFault(error) ?? 500
  if (status === 500) request.log.error({ err: error }, 'a request failed')
  return isForApi(request) ? apiError(reply, status) : sendPage(reply, somethingWrongPage(request.id), status)
}

/** The status that Fastify gives to a request that is itself wrong. */
const clientFault = (error: unknown) => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
