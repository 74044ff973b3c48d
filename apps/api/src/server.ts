import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Config } from '#config'
import { scimForm } from '#directory'
import {
  admitAddress,
  type Bounds,
  type CookieNames,
  compileSchemas,
  followRequests,
  type Guard,
  type KnownBrowsers,
  type Route,
  refuseCrossSite,
  refuseOtherMethods,
  refuseUnknownBelow,
  registerErrors,
  registerFrontEnd,
  registerHeaders,
  registerHealth,
  registerModelIcons,
  registerOpenapi,
  registerRoutes,
  registerShedding,
  routeOf,
  senderOf,
  type Traffic,
  watchPressure,
  watchTraffic,
} from '#http'
import type { Told } from '#metrics'
import { busyPage, isProtocolEndpoint } from '#oidc'
import type { Tracing } from '#tracing'
import { type DatabaseState, readiness } from './readiness.ts'
import { standingOf } from './standing-of.ts'
import { version } from './version.ts'

/** Larger than any answer of a ceremony. Bytes. */
const bodyLimit = 128 * 1024

/** How long things may take, in milliseconds. */
const patience = {
  /** For a request to arrive whole. Fastify would wait for ever. */
  requestTimeout: 15_000,
  /** For anything to happen on a connection, while a request is under way and while none is. */
  connectionTimeout: 30_000,
  // Longer than proxies keep a connection (60 seconds as a rule), so that none sends into one that we are closing.
  keepAliveTimeout: 65_000,
  // Node takes the longer of the two for the whole request, and looks every 30 seconds unless told otherwise.
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
}

/** How many may wait for each connection to the database, for longer than a moment. */
const longestQueue = 30

interface Deps {
  config: Config
  log: FastifyBaseLogger
  rooms: {
    /** Every room's routes, under the heading that the OpenAPI page gives them. */
    tables: Record<string, readonly Route[]>
    guard: Guard
    limits: { floods: Bounds; knownBrowsers: KnownBrowsers }
    cookies: CookieNames
    assurance: { modelOf: (aaguid: string) => { icon: string | null } | undefined }
    oidc: { mount: (app: FastifyInstance) => Promise<void> }
    keys: { hasAll: () => boolean }
  }
  isUnavailable: (error: unknown) => boolean
  told: Pick<Told, 'answered' | 'refused' | 'shed'>
  /** Follows what is asked, if anybody does. */
  tracing: Tracing | undefined
  database: {
    look: () => Promise<DatabaseState>
    /** How many wait for a connection now. */
    waiting: () => number
  }
}

const createFastify = ({ config, log }: Deps) =>
  Fastify({
    loggerInstance: log,
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit,
    ...patience,
    logController: new LogController({ disableRequestLogging: true }),
  })

/** The rooms that every log in goes through. */
const askedByAll = ['Signing in', 'Session']

/** The addresses that every log in asks. */
const urlsAskedByAll = ({ tables }: Deps['rooms']): Set<string> =>
  new Set(askedByAll.flatMap((room) => tables[room] ?? []).map(({ url }) => url))

/** One line for each answer: the visitor, and the route, never its address, which may carry a code or a state. */
const logAnswers = (app: ReturnType<typeof createFastify>, { answered }: Deps['told']): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const { log, method } = request
    const { statusCode: status, elapsedTime } = reply
    const route = routeOf(request)
    answered(method, route, status, elapsedTime / 1000)
    log.info({ method, route, status, ms: Math.round(elapsedTime), ip: senderOf(request).address }, 'answered')
    done()
  })
}

/** What this process can take, by what it may hold at once. */
const pressureOn = ({ config, database }: Deps, { underWay }: Traffic) =>
  watchPressure({
    underWay,
    waiting: database.waiting,
    limits: {
      underWay: config.requestsAtOnce,
      loopDelay: config.longestDelay,
      waiting: config.databaseConnections * longestQueue,
    },
  })

/** Puts the rooms on a server. */
export const buildServer = async (deps: Deps): Promise<{ app: FastifyInstance; traffic: Traffic }> => {
  const { config, rooms, isUnavailable, told, tracing, database } = deps
  const { issuer } = config
  const app = createFastify(deps)
  const atOnce = urlsAskedByAll(rooms)
  compileSchemas(app, (url) => atOnce.has(url))
  const traffic = watchTraffic(app.server)
  const pressure = pressureOn(deps, traffic)
  app.server.once('listening', pressure.start)
  app.addHook('onClose', async () => pressure.stop())
  logAnswers(app, told)
  if (tracing) followRequests(app, tracing.followRequest)
  app.removeContentTypeParser('text/plain')
  // SCIM is JSON under a name of its own (RFC 7644 §8.1).
  app.addContentTypeParser(scimForm.mediaType, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  registerErrors(app, isUnavailable, told.refused)
  refuseCrossSite(app, issuer, isProtocolEndpoint)
  await app.register(fastifyCookie)
  registerHeaders(app, issuer)
  registerShedding(app, {
    ...{ pressure: pressure.now, standingOf, isProtocol: isProtocolEndpoint },
    ...{ page: busyPage, tell: told.shed },
  })
  const { floods: bounds } = rooms.limits
  const admit = (request: FastifyRequest) => admitAddress(bounds, 'ask', senderOf(request).network, () => undefined)
  if (config.apiDocs) await registerOpenapi(app, { issuer, version, admit })
  registerHealth(
    app,
    readiness({ look: database.look, pressure: pressure.now, isEnding: traffic.isEnding, hasKeys: rooms.keys.hasAll }),
  )
  for (const [tag, routes] of Object.entries(rooms.tables))
    registerRoutes(
      app,
      {
        issuer,
        cookies: rooms.cookies,
        guard: rooms.guard,
        bounds,
        knownBrowsers: rooms.limits.knownBrowsers,
        around: tracing?.within ?? ((_name, work) => work()),
      },
      tag,
      routes,
    )
  registerModelIcons(app, (aaguid) => rooms.assurance.modelOf(aaguid)?.icon ?? null)
  refuseOtherMethods(app, Object.values(rooms.tables).flat())
  refuseUnknownBelow(app, '/scim', scimForm)
  await rooms.oidc.mount(app)
  await registerFrontEnd(app, config.webDir, config.mailbox ? ['/mailbox'] : [])
  return { app, traffic }
}
