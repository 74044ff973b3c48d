import { databaseState, isUnavailable, isUniqueViolation, type Store, watchedStore } from '@fobwatch/store'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { createAccess } from '#access'
import { acrValues, createAssurance } from '#assurance'
import { createAudit, createAuditChain } from '#audit'
import { createAuthenticators, createPolicies } from '#authenticators'
import { createClients } from '#clients'
import type { Config } from '#config'
import { createDemonstration } from '#demonstration'
import { apisOf, createDirectory, type Directory } from '#directory'
import { createEnrolment, type Enrolment } from '#enrolment'
import { cookieNames, type Traffic } from '#http'
import { createJobs, createOutbox } from '#jobs'
import { deriveKey, type Now } from '#kernel'
import { createKeys, longestTokenSeconds, sealedVault, type Vault } from '#keys'
import { createLimits } from '#limits'
import { createMail, type Send } from '#mail'
import { type Metrics, type Told, untold } from '#metrics'
import { createOidc, oidcScopes } from '#oidc'
import { createOutbound, type Outbound } from '#outbound'
import { createPeople } from '#people'
import { createPersonalData } from '#personal-data'
import { createRecovery } from '#recovery'
import { createRegistrationAuthority } from '#registration-authority'
import { createSessions, type Sessions } from '#sessions'
import { createSignIn } from '#sign-in'
import type { Tracing } from '#tracing'
import { createWebauthn } from '#webauthn'
import { createGuard } from './guard.ts'
import { scheduled } from './scheduled.ts'
import { buildServer } from './server.ts'
import { tellReached } from './tell-reached.ts'

export interface Surroundings {
  config: Config
  store: Store
  log: FastifyBaseLogger
  now?: Now
  /** Where private signing keys are; sealed in the database unless given. */
  vault?: Vault
  /** Told of what happens; nobody is unless given. */
  told?: Told
  /** Follows what is done; nobody does unless given. */
  tracing?: Tracing | undefined
}

/** Letters, followed; not to whom. */
const followedSend = (send: Send, tracing: Tracing | undefined): Send =>
  tracing ? (letter) => tracing.asking('send a letter', {}, () => send(letter)) : send

/** Calls to applications, followed by host. */
const followedOutbound = (outbound: Outbound, tracing: Tracing | undefined): Outbound =>
  tracing
    ? {
        ...outbound,
        fetch: (address, options) => {
          const about = { 'server.address': URL.parse(String(address))?.hostname ?? '' }
          return tracing.asking(`call by ${options?.method ?? 'GET'}`, about, () => outbound.fetch(address, options))
        },
      }
    : outbound

/**
 * Opens every room and hands each what it is to have of the others: the whole plan of the house, in one place.
 * @throws Error when the RP ID is another than at first start, or the master key is not the one of this database
 */
export const openRooms = async ({
  config,
  store,
  log,
  now = () => new Date(),
  vault = sealedVault(deriveKey(config.masterKey, 'signing-keys')),
  told = untold,
  tracing,
}: Surroundings) => {
  const { issuer, masterKey } = config
  const { inTransaction, together } = store
  const { record, recordAlone, recordStep, ...audit } = createAudit({
    store,
    key: deriveKey(masterKey, 'personal-keys'),
    now,
  })
  const outbox = createOutbox({
    ...{ store, now, around: tracing?.begin },
    handlers: {
      'authenticator-changed': (fact) => authenticators.tellHolder(fact),
      'session-ended': (fact) => sessions.tellApplication(fact),
      'invitation-mailed': (fact) => enrolment.tellInvited(fact),
      'pass-used': (fact) => enrolment.tellPassUsed(fact),
    },
    onUndelivered: (about) => {
      told.undelivered(about.kind, about.next === null)
      log.warn(about, about.next ? 'not told yet' : 'gave up telling')
    },
  })
  const mailRoom = createMail({
    ...{ store, now },
    ...{ server: config.smtpServer, from: config.mailFrom, mailbox: config.mailbox },
  })
  const mail = { ...mailRoom, send: mailRoom.send && followedSend(mailRoom.send, tracing) }
  const limits = createLimits({
    ...{ store, now, key: deriveKey(masterKey, 'limits') },
    perSecond: {
      address: config.limitAddressPerSecond,
      person: config.limitPersonPerSecond,
      client: config.limitClientPerSecond,
      begunInAll: config.limitBegunPerSecond,
    },
    failures: {
      address: config.limitFailuresPerAddress,
      person: config.limitFailuresPerPerson,
      client: config.limitFailuresPerClient,
    },
    tell: tellReached({ recordAlone, log }),
    onFailure: (error) => log.warn({ err: error }, 'a limit was reached, and is in no record'),
  })
  const common = { store, now, inTransaction, record, recordAlone, publish: outbox.publish }
  const tellCeremony = told.ceremony

  const keys = await createKeys({
    ...common,
    vault,
    rotation: {
      days: config.signingKeyDays,
      leadHours: config.signingKeyLeadHours,
      longestTokenSeconds: longestTokenSeconds(config.sessionMaxMinutes),
    },
  })
  const auditChain = createAuditChain({
    ...common,
    issuer,
    sign: keys.signJwt,
    publicKeys: () => keys.everyPublicKey('ES256'),
    onDamage: (faults) => {
      told.damaged()
      log.error({ faults }, 'the audit log is not as it was sealed')
    },
  })
  const people = createPeople({ ...common, documentKey: deriveKey(masterKey, 'identity-documents') })
  // Sessions stand above, and know when each role was last worked in.
  const access = createAccess({ ...common, lastUseOf: (personId) => sessions.lastUseOf(personId) })
  const assurance = await createAssurance({
    ...common,
    findOrganisation: access.findOrganisation,
    metadata: {
      file: config.metadataFile,
      url: config.metadataUrl,
      roots: config.metadataRoots,
      signer: config.metadataSigner,
      graceDays: config.metadataGraceDays,
    },
    onUnbelieved: (error) => log.error({ err: error }, 'the metadata that is kept is not believed'),
  })
  const webauthn = createWebauthn({ ...common, rpId: config.rpId, rpName: 'Fobwatch', origins: [issuer] })
  await webauthn.fixRpId()
  const outbound = followedOutbound(createOutbound({ allowed: config.outboundAllowed }), tracing)
  const { scim, directory: directoryApi } = apisOf(issuer)
  const clients = createClients({
    ...common,
    feedApi: scim.resource,
    ownApis: [scim, directoryApi],
    findOrganisation: (code) => access.findOrganisation(code),
    whyNotCalled: outbound.whyNotCalled,
    acrValues,
    scopes: oidcScopes,
    limits: { idleMinutes: config.sessionIdleMinutes, maxMinutes: config.sessionMaxMinutes },
    // Sessions stand above, and hold what a client was given.
    revokeGrantsOf: (tx, clientId) => sessions.revokeGrantsOf(tx, clientId),
  })
  await inTransaction(clients.keepOwnApis)
  const authenticators = createAuthenticators({
    ...common,
    tellCeremony,
    rpId: config.rpId,
    webauthn,
    ...assurance,
    findPerson: people.findPerson,
    findPersonByStaffId: people.findPersonByStaffId,
    organisationsAbove: access.organisationsAbove,
    // Sessions stand above, and know whether one is still alive.
    requireLive: (tx, session) => sessions.requireLive(tx, session),
    send: mail.send,
    endSessionsOf: (tx, authenticatorId, why) => sessions.endSessionsOf(tx, authenticatorId, why),
    badModels: assurance.badModels,
  })
  const sessions: Sessions = createSessions({
    ...common,
    issuer,
    signJwt: keys.signJwt,
    fetchOutbound: outbound.fetch,
    findClient: clients.findClient,
    policy: { idleMinutes: config.sessionIdleMinutes, maxMinutes: config.sessionMaxMinutes },
    keptDays: config.sessionKeptDays,
    findPerson: people.findPerson,
    rolesHeldBy: access.rolesHeldBy,
    tasksOf: access.tasksOf,
    reachableLevel: authenticators.reachableLevel,
  })
  const enrolment: Enrolment = createEnrolment({
    ...common,
    tellCeremony,
    issuer,
    codeKey: deriveKey(masterKey, 'enrolment-codes'),
    webauthn,
    authenticators,
    findPerson: people.findPerson,
    organisationsOf: access.organisationsOf,
    send: mail.send,
  })
  const cookies = cookieNames(issuer)
  const oidc = createOidc({
    ...common,
    issuer,
    isUnavailable,
    dpopKey: deriveKey(masterKey, 'dpop-nonces'),
    signInKey: deriveKey(masterKey, 'sign-ins'),
    sessionCookieName: cookies.session,
    knownBrowser: (request) => limits.knownBrowsers.idOf(request.cookies[cookies.known]),
    sessionMaxMinutes: config.sessionMaxMinutes,
    sessions,
    mayGoOn: authenticators.mayGoOn,
    waysThatDo: authenticators.waysThatDo,
    ...clients,
    ...people,
    ...access,
    keys,
    fetchOutbound: outbound.fetch,
    limits,
    log,
  })
  const signIn = createSignIn({
    ...{ ...common, together, recordStep, tellCeremony },
    findInteraction: oidc.findInteraction,
    webauthn,
    authenticators,
    sessions,
    findPerson: people.findPerson,
    rolesHeldBy: access.rolesHeldBy,
    inOrderOfUse: access.inOrderOfUse,
    // Served with the demonstration alone.
    hasPersonas: config.mailbox,
    failures: limits.failures,
  })
  const personalData = createPersonalData({
    ...common,
    people,
    access,
    authenticators,
    openFields: audit.openFields,
    fedOf: (personId) => directory.saidOf(personId),
  })
  const registrationAuthority = createRegistrationAuthority({
    ...common,
    auditChain,
    openFields: audit.openFields,
    newestEventsOf: audit.newestOf,
    issuer,
    people,
    access,
    authenticators,
    sessions,
    enrolment,
    matchKey: deriveKey(masterKey, 'possible-matches'),
    mail,
    personalData,
    forgetPerson: audit.forgetPerson,
    policies: createPolicies({ ...common, ...assurance }),
    anchors: assurance,
    clients,
    findClient: clients.findAnyClient,
    // The directory closes people by the desk's own deed, and the desk has it forget those whom it erases.
    forgetFed: (tx, personId) => directory.forgetPerson(tx, personId),
    twoPeople: config.twoPeople,
  })
  const directory: Directory = createDirectory({
    ...{ ...common, issuer, access, people },
    findPersonByStaffId: people.findPersonByStaffId,
    professionsOf: people.professionsOf,
    rolesOf: access.rolesOf,
    lockNewPeople: people.lockNewPeople,
    countLikely: async (tx, newcomer) =>
      (await people.findAlike(tx, newcomer)).filter(({ how }) => how === 'likely').length,
    suspendPerson: registrationAuthority.suspendByFeed,
    reinstatePerson: registrationAuthority.reinstateByFeed,
    closePerson: registrationAuthority.closeByFeed,
  })
  const demonstration = createDemonstration({
    ...common,
    newestLetters: mail.newestLetters,
    enrolment,
    addAnchor: assurance.addAnchor,
    issuer,
    rpId: config.rpId,
    personaKey: deriveKey(masterKey, 'personas'),
    people,
    access,
    clients,
    registrationAuthority,
  })
  const recovery = createRecovery({
    ...{ now, inTransaction, record, sessions, enrolment, webauthn, oidc, registrationAuthority },
    newestEvent: audit.newest,
  })
  const jobs = createJobs({
    ...{ store, now, onRun: told.jobRan },
    onFailure: (job, error) => log.error({ err: error, job }, 'a job failed'),
  })

  return {
    audit,
    auditChain,
    keys,
    people,
    access,
    assurance,
    clients,
    authenticators,
    sessions,
    enrolment,
    registrationAuthority,
    recovery,
    demonstration,
    oidc,
    cookies,
    outbound,
    outbox,
    jobs,
    limits,
    guard: createGuard({
      failures: limits.failures,
      ...{ now, recordAlone, findLiveSession: sessions.findLiveSession, findPass: enrolment.findPass },
      ...access,
      ownApis: { scim, directory: directoryApi },
      admitApplication: oidc.admitApplication,
    }),
    tables: {
      'Signing in': signIn.routes,
      Session: sessions.routes,
      'Setting up a device': enrolment.routes,
      'Ways to log in': authenticators.routes,
      'Your information': personalData.routes,
      'The desk': registrationAuthority.routes,
      Directory: directory.directoryRoutes,
      'HR feeds': directory.scimRoutes,
      ...(config.mailbox && { Demonstration: demonstration.routes }),
    },
    /** Starts what this process does for itself; of several on one machine, one does the rest besides. */
    startJobs: () => {
      const all = scheduled({
        ...{ assurance, auditChain, authenticators, config, enrolment, keys, limits, now, oidc, outbox },
        ...{ registrationAuthority, sessions, webauthn },
      })
      told.jobsPlanned(all)
      const stopOwn = jobs.start(all.filter(({ forItself }) => forItself))
      let stopErrands: (() => Promise<void>) | undefined
      return {
        doErrands: () => {
          stopErrands ??= jobs.start(all.filter(({ forItself }) => !forItself))
        },
        stop: async () => {
          await Promise.all([stopOwn(), stopErrands?.()])
          await outbox.deliveriesSettled()
        },
      }
    },
  }
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>

/** The store, with somebody looking on who counts what fails. */
const counted = (store: Store, { statementFailed }: Told): Store =>
  watchedStore(store, async (_names, work) => {
    try {
      return await work()
    } catch (error) {
      statementFailed(isUnavailable(error) ? 'unavailable' : isUniqueViolation(error) ? 'conflict' : 'fault')
      throw error
    }
  })

/** The store, with each statement followed by its name. */
const followed = (store: Store, { asking }: Tracing): Store =>
  watchedStore(store, (names, work) => asking(names.join(', '), { 'db.system.name': 'postgresql' }, work))

/**
 * Builds the service, ready to listen or to be injected into. Its store is its caller's to close.
 * @param metrics where what happens is counted, if anywhere
 * @throws Error as `openRooms` does
 */
export const buildApp = async ({
  metrics,
  ...surroundings
}: Omit<Surroundings, 'told'> & { metrics?: Metrics | undefined }): Promise<{
  app: FastifyInstance
  traffic: Traffic
  rooms: Rooms
}> => {
  const { config, log, now = () => new Date() } = surroundings
  const told = metrics?.told ?? untold
  const { tracing } = surroundings
  const countedStore = metrics ? counted(surroundings.store, told) : surroundings.store
  const store = tracing ? followed(countedStore, tracing) : countedStore
  const rooms = await openRooms({ ...surroundings, store, told })
  const { app, traffic } = await buildServer({
    config,
    log,
    rooms,
    isUnavailable,
    told,
    tracing,
    database: { look: () => databaseState(store, now), waiting: store.waiting },
  })
  // Jobs and deliveries have ended by then.
  if (tracing) app.addHook('onClose', tracing.close)
  metrics?.watch({
    now,
    connections: () => {
      const { all, idle } = store.connections()
      return { busy: all - idle, idle, waiting: store.waiting() }
    },
    underWay: traffic.underWay,
    limited: rooms.limits.refused,
    outbox: rooms.outbox.backlog,
    unsealed: rooms.auditChain.waiting,
    keys: rooms.keys.turns,
    jobs: rooms.jobs.lastRuns,
  })
  return { app, traffic, rooms }
}
