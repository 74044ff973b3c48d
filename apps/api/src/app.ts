import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import { isUnavailable, type Store } from '@fobwatch/store'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { createAccess } from '#access'
import { createAudit } from '#audit'
import { createAuthenticators } from '#authenticators'
import { createClients } from '#clients'
import { createDemonstration } from '#demonstration'
import { createEnrolment } from '#enrolment'
import {
  cookieNames,
  type Guard,
  refuseCrossSite,
  registerErrors,
  registerFrontEnd,
  registerHeaders,
  registerHealth,
  registerOpenapi,
  registerRoutes,
} from '#http'
import { createJobs } from '#jobs'
import { deriveKey, type Now } from '#kernel'
import { createKeys } from '#keys'
import { createOidc, isProtocolEndpoint } from '#oidc'
import { createPeople } from '#people'
import { createRegistrationAuthority } from '#registration-authority'
import { createSessions } from '#sessions'
import { createSignIn } from '#sign-in'
import { createWebauthn } from '#webauthn'
import type { Config } from './config.ts'
import { createGuard } from './guard.ts'

/** The version that the OpenAPI page and the log tell. */
export const version = '0.1.0'

interface Surroundings {
  config: Config
  store: Store
  now: Now
  log: Pick<FastifyBaseLogger, 'error' | 'warn'>
}

/**
 * Opens every room and hands each what it is to have of the others: the whole plan of the house, in one place.
 * @throws Error when the RP ID is another than at first start, or the master key is not the one of this database
 */
export const openRooms = async ({ config, store, now, log }: Surroundings) => {
  const { issuer, masterKey } = config
  const { inTransaction } = store
  const { record, recordAlone, ...audit } = createAudit({ store, key: deriveKey(masterKey, 'personal-keys'), now })
  const common = { store, now, inTransaction, record, recordAlone }

  const keys = createKeys({ store, key: deriveKey(masterKey, 'signing-keys'), now })
  const people = createPeople(common)
  const access = createAccess(common)
  const webauthn = createWebauthn({ ...common, rpId: config.rpId, rpName: 'Fobwatch', origins: [issuer] })
  await webauthn.fixRpId()
  const clients = createClients(common)
  const authenticators = createAuthenticators({ ...common, webauthn, findPerson: people.findPerson })
  const sessions = createSessions({
    ...common,
    policy: { idleMinutes: config.sessionIdleMinutes, maxMinutes: config.sessionMaxMinutes },
    findPerson: people.findPerson,
    rolesHeldBy: access.rolesHeldBy,
    mayUseDesk: (personId) => access.mayDo(personId, 'find-person'),
  })
  const enrolment = createEnrolment({
    ...common,
    webauthn,
    addAuthenticator: authenticators.addAuthenticator,
    descriptorsOf: authenticators.descriptorsOf,
    findPerson: people.findPerson,
    organisationsOf: access.organisationsOf,
  })
  const cookies = cookieNames(issuer)
  const oidc = createOidc({
    ...common,
    issuer,
    isUnavailable,
    cookieKey: deriveKey(masterKey, 'cookies'),
    sessionCookieName: cookies.session,
    sessionMaxMinutes: config.sessionMaxMinutes,
    sessions,
    ...clients,
    ...people,
    ...access,
    jwks: { keys: await keys.signingKeys() },
    logFault: (error, path) => log.error({ err: error, path }, 'fault in OpenID Connect'),
  })
  const signIn = createSignIn({
    ...common,
    findInteraction: oidc.findInteraction,
    webauthn,
    authenticators,
    sessions,
    findPerson: people.findPerson,
    rolesHeldBy: access.rolesHeldBy,
  })
  const registrationAuthority = createRegistrationAuthority({ ...common, issuer, people, access, authenticators, enrolment })
  const demonstration = createDemonstration({ ...common, issuer, people, access, clients, enrolment })
  const jobs = createJobs({ store, onFailure: (job, error) => log.error({ err: error, job }, 'a job failed') })

  return {
    audit,
    people,
    access,
    enrolment,
    registrationAuthority,
    demonstration,
    oidc,
    cookies,
    guard: createGuard({ now, findLiveSession: sessions.findLiveSession, mayDo: access.mayDo }),
    tables: {
      'Signing in': signIn.routes,
      Session: sessions.routes,
      'Setting up a device': enrolment.routes,
      'Ways to log in': authenticators.routes,
      'The desk': registrationAuthority.routes,
    },
    startJobs: () =>
      jobs.start([
        { name: 'forget challenges', everySeconds: 60, run: () => webauthn.forgetExpired(now()) },
        { name: 'forget codes and tokens', everySeconds: 300, run: () => oidc.forgetExpired(now()) },
      ]),
  }
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>

/** A body larger than any ceremony's answer. */
const bodyLimit = 128 * 1024

const logOptions = (config: Config) => ({
  level: config.logLevel,
  redact: ['req.headers.cookie', 'req.headers.authorization'],
  // An address may carry a code or a state after its question mark.
  serializers: { req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split('?', 1)[0] }) },
})

interface AppDeps {
  config: Config
  store: Store
  now?: Now
}

/**
 * Builds the service, ready to listen or to be injected into.
 * @returns the server; closing it stops its jobs, and leaves the store to its owner
 */
export const buildApp = async ({ config, store, now = () => new Date() }: AppDeps): Promise<FastifyInstance & { rooms: Rooms }> => {
  const app = Fastify({
    logger: logOptions(config),
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit,
    routerOptions: { maxParamLength: 64 },
    disableRequestLogging: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
  })
  const rooms = await openRooms({ config, store, now, log: app.log })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  app.removeContentTypeParser('text/plain')
  registerErrors(app, isUnavailable)
  refuseCrossSite(app, config.issuer, isProtocolEndpoint)
  await app.register(fastifyCookie)
  await registerHeaders(app, config.issuer)
  await registerOpenapi(app, config.issuer, version)
  registerHealth(app, () => whyNotReady(store))

  const guard: Guard = rooms.guard
  for (const [tag, routes] of Object.entries(rooms.tables))
    await app.register(async (scope) => registerRoutes(scope, { issuer: config.issuer, cookies: rooms.cookies, guard }, tag, routes))
  await rooms.oidc.mount(app)
  await registerFrontEnd(app, config.webDir)
  return Object.assign(app, { rooms })
}

const whyNotReady = async (store: Store): Promise<string | undefined> => {
  try {
    await store.ping()
    return undefined
  } catch {
    return 'The database does not answer.'
  }
}
