import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { createTokenVerifier, type TokenVerifier } from '@fobwatch/token-verifier'
import { backChannelLogout } from '@fobwatch/token-verifier/fastify'
import fastify, { type FastifyInstance, type FastifyRequest, type RouteOptions } from 'fastify'
import type { Config } from './config.ts'
import { registerMistakes } from './mistakes.ts'
import { assetRoutes } from './pages/index.ts'
import { createSessions, type Sessions } from './sessions/index.ts'
import {
  createAttempts,
  createFobwatch,
  createForLoggedIn,
  createLogInAgain,
  createSendFault,
  createVisitorOf,
  signingInRoutes,
  type VisitorOf,
} from './signing-in/index.ts'
import { createWardClient, wardApi, wardRoutes } from './ward/index.ts'
import { youRoutes } from './you/index.ts'

const CLOCK_TOLERANCE_SECONDS = 5

/** How long a request may take to arrive, a connection to be silent, and one to be kept for the next. Milliseconds. */
const PATIENCE = {
  requestTimeout: 15_000,
  connectionTimeout: 30_000,
  keepAliveTimeout: 65_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
}

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
    ...PATIENCE,
  })
  await app.register(cookie)
  await app.register(helmet, securityHeaders(config))
  app.addContentTypeParser('application/x-www-form-urlencoded', discardBody)

  const sessions = createSessions(isSecure(config))
  const visitorOf = createVisitorOf(sessions)
  const verifier = createVerifier(config)
  registerMistakes(app, visitorOf)
  for (const route of routes(config, { sessions, visitorOf, verifier })) app.route(route)
  await app.register(backChannelLogout(verifier, { url: '/backchannel-logout', end: sessions.endAllOf }))
  return app
}

const createVerifier = ({ issuer, apiUrl, clientId, url }: Config) =>
  createTokenVerifier({
    issuer,
    audience: apiUrl,
    clientId,
    origin: url,
    clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS,
  })

type Shared = { sessions: Sessions; visitorOf: VisitorOf; verifier: TokenVerifier }

const routes = (config: Config, { sessions, visitorOf, verifier }: Shared): RouteOptions[] => {
  const { apiUrl, url } = config
  const attempts = createAttempts(isSecure(config))
  const fobwatch = createFobwatch(config)
  const sendFault = createSendFault(visitorOf)
  const logInAgain = createLogInAgain(sendFault)
  const forLoggedIn = createForLoggedIn({ sessions, visitorOf, clockToleranceSeconds: CLOCK_TOLERANCE_SECONDS })

  return [
    { method: 'GET', url: '/health/live', logLevel: 'silent', handler: () => ({ status: 'live' }) },
    ...assetRoutes(),
    ...signingInRoutes({ ownOrigin: url, attempts, fobwatch, verifier, sessions, sendFault }),
    ...wardApi(verifier),
    ...wardRoutes({ forLoggedIn, logInAgain, ward: createWardClient(apiUrl), sendFault }),
    ...youRoutes({ forLoggedIn, verifier }),
  ]
}

const isSecure = ({ url }: Config) => url.startsWith('https:')

/** No script or style but our own files, and forms that may lead to us and, for the log out, to Fobwatch. */
const securityHeaders = (config: Config) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'", new URL(config.issuer).origin],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // A form sent from a page without a referrer has no origin either, and /sign-out asks for one.
  referrerPolicy: { policy: 'same-origin' as const },
  strictTransportSecurity: isSecure(config) ? { maxAge: 31_536_000 } : false,
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
