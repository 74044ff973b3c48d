import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { migrate } from '@fobwatch/store'
import { type CreationOptionsJSON, coseAlgorithm, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { type Browser, expectOk, openBrowser } from '../../load/browser.ts'
import { openWire } from '../../load/wire.ts'
import { freePort } from '../../machine/launch.ts'
import type { Application, Contender, Person } from '../contender.ts'
import { logInAtPage } from '../log-in-at-page.ts'
import { linksBy } from '../make-links.ts'
import { api, openHouse } from './house.ts'

const applicationCalled = (id: string): Application => ({
  id,
  secret: randomBytes(32).toString('base64url'),
  redirectUri: `http://localhost:9/${id}`,
  // The last asks for the role that somebody acts in, as applications of the NHS do.
  scope: 'openid profile selectedrole',
})

const [first, second] = [applicationCalled('bench'), applicationCalled('bench-second')]

/** Sets up a device with a link, as its page does. */
const setUpDevice = async (browser: Browser, origin: string, code: string): Promise<Person> => {
  const device = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256] })
  const page = new URL('/enrol', origin)
  const ask = async (path: string, body: object) => expectOk(await browser.ask(new URL(path, page), page, body)).body
  await ask('/api/enrolment/invitation', { code })
  const options = JSON.parse(await ask('/api/enrolment/options', { code })) as CreationOptionsJSON
  await ask('/api/enrolment', { code, response: device.register(options, { origin }) })
  return { device }
}

/** All people of a benchmark come from one address, faster than those of any hospital. The limits count all the same. */
const ceilings = {
  LIMIT_ADDRESS_PER_SECOND: '1000000',
  LIMIT_BEGUN_PER_SECOND: '1000000',
  LIMIT_CLIENT_PER_SECOND: '1000000',
}

/** Fobwatch as in production: the service's own `main.ts`, one process, its log in a file, a database user of its own. */
export const fobwatch: Contender = {
  name: 'fobwatch',
  start: async ({ database, folder, people: count, roles, launch }) => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const masterKey = randomBytes(32).toString('base64')
    await migrate(database.url())
    await database.createUser('service', 'fobwatch_runtime')
    const house = await openHouse({ databaseUrl: database.url(), issuer: origin, masterKey })
    for (const application of [first, second]) await house.registerApplication(application)
    const startAt = (at: number) =>
      launch({
        name: 'Fobwatch',
        file: 'apps/api/src/main.ts',
        env: {
          PORT: String(at),
          FOBWATCH_WORKERS: '1',
          FOBWATCH_DRAIN_SECONDS: '0',
          // A core that others use too makes it late; what it costs is counted all the same.
          FOBWATCH_LONGEST_DELAY: '600000',
          FOBWATCH_ISSUER: origin,
          DATABASE_URL: database.url('service'),
          FOBWATCH_MASTER_KEY: masterKey,
          // The load says where each browser is, as a proxy would.
          TRUSTED_PROXIES: '127.0.0.1',
          ...ceilings,
        },
        healthUrl: `http://127.0.0.1:${at}/health/ready`,
        logFile: join(folder, 'fobwatch.log'),
      })
    const launched = await startAt(port)
    const makeLinks = linksBy((number) => house.addPerson(number, roles))
    const wire = openWire(origin, 1)
    const people: Person[] = []
    for (const link of await makeLinks(count)) people.push(await setUpDevice(openBrowser(wire), origin, link))
    await wire.close()
    // There is no mail server, and letters about new devices would be tried again all the time that is measured.
    await database.run('delete from outbox')
    await database.run('analyze')
    return {
      ...launched,
      origin,
      issuer: origin,
      endpoints: {
        authorization: `${origin}/authorize`,
        token: `${origin}/token`,
        userinfo: `${origin}/userinfo`,
        jwks: `${origin}/jwks`,
        introspection: `${origin}/introspect`,
      },
      application: first,
      people,
      logIn: logInAtPage,
      secondApplication: second,
      offlineScope: `${first.scope} offline_access`,
      clientCredentials: { resource: api.resource, scope: api.scopes.join(' ') },
      enrolment: { makeLinks, setUp: (browser, link) => setUpDevice(browser, origin, link) },
      startAnother: async () => startAt(await freePort()),
      stop: async () => {
        await launched.stop()
        await house.close()
      },
    }
  },
}
