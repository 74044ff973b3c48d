import { randomBytes } from 'node:crypto'
import type { AuthenticationResponse, CreationOptions, Enrolled, RequestOptions, SignInStep } from '@fobwatch/contracts'
import { openStore, type Store, statement, watchedStore } from '@fobwatch/store'
import {
  type AuthenticationMisbehaviour,
  type BrowserLike,
  createBrowserLike,
  createSoftwareAuthenticator,
  createTestDatabase,
  type Page,
  type RegistrationMisbehaviour,
  type Send,
  type SoftwareAuthenticator,
} from '@fobwatch/testkit'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { NewClient } from '#clients'
import { readConfig } from '#config'
import type { Invite } from '#enrolment'
import type { Traffic } from '#http'
import type { Vault } from '#keys'
import type { Metrics } from '#metrics'
import type { Person } from '#people'
import type { Tracing } from '#tracing'
import { buildApp, type Rooms } from './app.ts'
import { createLog } from './log.ts'

/** Where the service under test believes that it is. */
export const issuer = 'http://localhost:3000'

export interface TestService {
  app: FastifyInstance
  traffic: Traffic
  rooms: Rooms
  store: Store
  /** A browser of its own, whose requests are injected, from an address of its own where one is given. */
  browser: (from?: string) => BrowserLike
  close: () => Promise<void>
}

/** Fetch, into a server that does not listen. */
const injecting =
  (app: FastifyInstance, from?: string): Send =>
  async (url, { method = 'GET', headers, body }) => {
    const answer = await app.inject({
      method: method as 'GET' | 'POST',
      url: url.pathname + url.search,
      ...(from && { remoteAddress: from }),
      headers: { host: url.host, ...(headers as Record<string, string>) },
      ...(body !== undefined && body !== null && { payload: body as string }),
    })
    const pairs = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    )
    const empty = answer.statusCode === 204 || answer.statusCode === 304
    return new Response(empty ? null : answer.rawPayload, { status: answer.statusCode, headers: pairs })
  }

interface Options {
  /** The database of another instance, to be a second one on it; with its master key. */
  beside?: { url: string; masterKey: string }
  environment?: Record<string, string>
  /** The wall's clock unless given. */
  now?: () => Date
  /** Where private signing keys are; sealed in the database unless given. */
  vault?: Vault
  /** Silent unless given. */
  log?: FastifyBaseLogger
  /** Told the name of every statement. */
  onStatement?: (name: string) => void
  /** Where what happens is counted, if anywhere. */
  metrics?: Metrics
  /** Follows what is done, if anybody does. */
  tracing?: Tracing
}

/** Builds the whole service on a database of its own, with the catalogue of roles loaded. */
export const startService = async ({
  beside,
  environment = {},
  now = () => new Date(),
  vault,
  log = createLog('silent'),
  onStatement,
  metrics,
  tracing,
}: Options = {}): Promise<TestService & { url: string; masterKey: string }> => {
  const database = beside ? { url: beside.url, drop: async () => {} } : await createTestDatabase()
  const masterKey = beside?.masterKey ?? randomBytes(32).toString('base64')
  const config = readConfig({
    DATABASE_URL: database.url,
    FOBWATCH_MASTER_KEY: masterKey,
    LOG_LEVEL: 'silent',
    // A machine that is busy with other tests is slow, and no test is about that.
    FOBWATCH_LONGEST_DELAY: '600000',
    ...environment,
  })
  const opened = openStore({ url: database.url, maxConnections: config.databaseConnections })
  const store = onStatement
    ? watchedStore(opened, (names, work) => {
        for (const name of names) onStatement(name)
        return work()
      })
    : opened
  const { app, rooms, traffic } = await buildApp({
    config,
    store,
    log,
    now,
    metrics,
    tracing,
    ...(vault && { vault }),
  }).catch(async (error) => {
    await store.close()
    await database.drop()
    throw error
  })
  await app.ready()
  await store.inTransaction((tx) => rooms.access.loadCatalogue(tx))
  const close = async () => {
    await app.close()
    await store.close()
    await database.drop()
  }
  const browser = (from?: string) => createBrowserLike(issuer, now, injecting(app, from))
  return { app, rooms, traffic, store, url: database.url, masterKey, browser, close }
}

/** Runs SQL of a test's own. */
export const sql = <Row extends object>(
  { store }: Pick<TestService, 'store'>,
  text: string,
  ...values: unknown[]
): Promise<Row[]> => store.rows(statement<unknown[], Row>('', text), values)

/** Does what the service's own user may not, in one transaction. */
export const asOwner = ({ store }: Pick<TestService, 'store'>, ...lines: string[]): Promise<void> =>
  store.inTransaction(async (tx) => {
    for (const line of ['set local role none', ...lines]) await store.run(statement<[]>('', line), [], tx)
  })

/** Waits until so many connections wait for a lock, or something else has come about. */
export const untilBlocked = async (service: TestService, many: number, orElse = () => false): Promise<void> => {
  const blocked = `select distinct pid from pg_locks join pg_stat_activity using (pid)
    where datname = current_database() and not granted`
  while (!orElse() && (await sql(service, blocked)).length < many);
}

/**
 * Holds a person's row while deeds about them are begun, one after the other, each waiting for the row before the next is
 * begun; then lets them go, in that order.
 * @param meanwhile SQL that is done while they wait, with the person's id as `$1`
 * @returns what each answered
 */
export const queueFor = async <T>(
  service: TestService,
  personId: string,
  deeds: (() => Promise<T>)[],
  meanwhile?: string,
): Promise<T[]> => {
  const lock = statement<[string]>('', 'select from person where id = $1 for update')
  const answers = await service.store.inTransaction(async (tx) => {
    await service.store.run(lock, [personId], tx)
    const begun: Promise<T>[] = []
    let ended = 0
    for (const deed of deeds) {
      begun.push(deed().finally(() => (ended += 1)))
      await untilBlocked(service, begun.length, () => ended > 0)
    }
    if (ended > 0) throw new Error('A deed did not wait')
    if (meanwhile) await service.store.run(statement<[string]>('', meanwhile), [personId], tx)
    return { begun }
  })
  return Promise.all(answers.begun)
}

/** Posts to one instance what a browser would, with the cookies that it has from another. */
export const postWith = async ({ app }: Pick<TestService, 'app'>, browser: BrowserLike, path: string, body: object) => {
  const answer = await app.inject({
    method: 'POST',
    url: path,
    headers: {
      host: new URL(issuer).host,
      origin: issuer,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      cookie: browser.cookieHeader(`${issuer}${path}`),
    },
    payload: JSON.stringify(body),
  })
  return { status: answer.statusCode, body: answer.json() as Record<string, unknown> }
}

/** Adds a fictional person. */
export const addPerson = ({ store, rooms }: TestService, givenName = 'Asha', familyName = 'Fiction'): Promise<Person> =>
  store.inTransaction((tx) => rooms.people.addPerson(tx, { givenName, familyName, identityLevel: 3 }))

/** Adds an organisation with a position in it, and returns the position. */
export const addPosition = (
  { store, rooms }: TestService,
  place: { code: string; name: string },
  position: { name: string; roleCode?: string; dutyCode?: string; activities?: string[] },
): Promise<string> =>
  store.inTransaction(async (tx) => {
    const known = await rooms.access.findOrganisation(place.code, tx)
    const organisationId = known?.id ?? (await rooms.access.addOrganisation(tx, place))
    return rooms.access.addPosition(tx, { ...position, organisationId })
  })

/** Gives a person a position. @returns the `person_roleid` */
export const giveRole = ({ store, rooms }: TestService, personId: string, positionId: string): Promise<string> =>
  store.inTransaction((tx) =>
    rooms.access.assign(tx, { personId, positionId, startsAt: new Date(Date.now() - 3_600_000) }),
  )

/** The application of the tests, with its API. */
export const ward: NewClient = {
  id: 'ward',
  name: 'Ward list',
  metadata: {
    redirect_uris: ['http://localhost:3001/callback'],
    post_logout_redirect_uris: ['http://localhost:3001/'],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  },
  apis: [{ resource: 'http://localhost:3001/api', name: 'Ward API', scopes: ['patients.read'] }],
}

export const registerClient = ({ store, rooms }: TestService, client: NewClient = ward): Promise<void> =>
  store.inTransaction((tx) => rooms.clients.registerClient(tx, client))

/** Issues an invitation for a person. @returns its code */
export const inviteCode = async (
  { store, rooms }: TestService,
  personId: string,
  how: Invite['how'] = 'link',
): Promise<string> => {
  const { code } = await store.inTransaction((tx) =>
    rooms.enrolment.invite(tx, { personId, issuedBy: null, how, lifetimeMinutes: 60 }),
  )
  return code
}

/** Sets up a device with a new link. @returns what was answered, whatever it was */
export const setUp = async (
  service: TestService,
  personId: string,
  device: SoftwareAuthenticator,
  { how, misbehave = {} }: { how?: Invite['how']; misbehave?: RegistrationMisbehaviour } = {},
): Promise<Page> => {
  const browser = service.browser()
  const code = await inviteCode(service, personId, how)
  const options = (await browser.postJson('/api/enrolment/options', { code })).json<CreationOptions>()
  const response = device.register(options, { origin: issuer, misbehave })
  return browser.postJson('/api/enrolment', { code, response })
}

/** Enrols a device of a person's through the API. */
export const enrol = async (
  service: TestService,
  personId: string,
  device: SoftwareAuthenticator = createSoftwareAuthenticator(),
  how: Invite['how'] = 'link',
): Promise<{ device: SoftwareAuthenticator; enrolled: Enrolled }> => {
  const page = await setUp(service, personId, device, { how })
  if (page.status !== 200) throw new Error(`Enrolment was refused: ${page.body}`)
  return { device, enrolled: page.json() }
}

/** Answers the challenge of a sign-in in progress. */
export const assertAt = async (
  browser: BrowserLike,
  interaction: string,
  device: SoftwareAuthenticator,
  misbehave?: AuthenticationMisbehaviour,
): Promise<Page> => {
  const options = (await browser.postJson(`/sign-in/${interaction}/options`, {})).json<RequestOptions>()
  const response: AuthenticationResponse = device.authenticate(options, {
    origin: issuer,
    ...(misbehave && { misbehave }),
  })
  return browser.postJson(`/sign-in/${interaction}/assertion`, { response })
}

/** Signs in to our own pages. @returns the browser, with its session */
export const signInHere = async (service: TestService, device: SoftwareAuthenticator): Promise<BrowserLike> => {
  const browser = service.browser()
  const page = await assertAt(browser, 'fobwatch', device)
  if (page.status !== 200) throw new Error(`Signing in was refused: ${page.body}`)
  return browser
}

/** Adds a fictional person with a device, signed in to our own pages with it. */
export const addSignedIn = async (service: TestService) => {
  const person = await addPerson(service)
  const { device, enrolled } = await enrol(service, person.id)
  return { person, device, enrolled, browser: await signInHere(service, device) }
}

/** The step that follows an assertion or the choice of a role. */
export const stepOf = (page: Page): SignInStep => page.json<SignInStep>()
