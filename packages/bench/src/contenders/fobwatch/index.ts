import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { migrate } from '@fobwatch/store'
import { type CreationOptionsJSON, coseAlgorithm, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { expectOk, openBrowser } from '../../load/browser.ts'
import { openWire, type Wire } from '../../load/wire.ts'
import { freePort } from '../../machine/launch.ts'
import type { Contender, Person } from '../contender.ts'
import { logInAtPage } from '../log-in-at-page.ts'
import { openHouse } from './house.ts'

const application = {
  id: 'bench',
  secret: randomBytes(32).toString('base64url'),
  redirectUri: 'http://localhost:9/callback',
  // The last asks for the role that somebody acts in, as applications of the NHS do.
  scope: 'openid profile selectedrole',
}

/** Sets up a device with a link, as its page does. */
const setUpDevice = async (wire: Wire, origin: string, code: string): Promise<Person> => {
  const device = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256] })
  const browser = openBrowser(wire)
  const page = new URL('/enrol', origin)
  const ask = async (path: string, body: object) => expectOk(await browser.ask(new URL(path, page), page, body)).body
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
    await house.registerApplication(application)
    const launched = await launch({
      name: 'Fobwatch',
      file: 'apps/api/src/main.ts',
      env: {
        PORT: String(port),
        FOBWATCH_ISSUER: origin,
        DATABASE_URL: database.url('service'),
        FOBWATCH_MASTER_KEY: masterKey,
        // The load says where each browser is, as a proxy would.
        TRUSTED_PROXIES: '127.0.0.1',
        ...ceilings,
      },
      healthUrl: `http://127.0.0.1:${port}/health/ready`,
      logFile: join(folder, 'fobwatch.log'),
    })
    const wire = openWire(origin, 1)
    const people: Person[] = []
    for (let number = 1; number <= count; number += 1)
      people.push(await setUpDevice(wire, origin, await house.addPerson(number, roles)))
    await wire.close()
    await house.close()
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
      },
      application,
      people,
      logIn: logInAtPage,
    }
  },
}
