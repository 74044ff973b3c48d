import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type CreationOptionsJSON, createBrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import pg from 'pg'
import { openBrowser } from '../../load/browser.ts'
import { openWire } from '../../load/wire.ts'
import { freePort } from '../../machine/launch.ts'
import type { Application, Contender, Person } from '../contender.ts'
import { linksBy } from '../make-links.ts'
import { type Auth, api, createAuth } from './auth.ts'
import { base, logInWithPasskey, setUpPasskey } from './log-in.ts'

const applicationCalled = (id: string): Application => ({
  id,
  secret: randomBytes(32).toString('base64url'),
  // It takes no other host than this with http, not even the loopback, from a web application.
  redirectUri: `https://${id}.example.org/callback`,
  scope: 'openid profile',
})

const [first, second] = [applicationCalled('bench'), applicationCalled('bench-second')]

/** Signs an operator in, with the service in this process, by setting up a device. @returns the cookies */
const signOperatorIn = async (auth: Auth, origin: string): Promise<string> => {
  const browser = createBrowserLike(origin, undefined, (url, init) => auth.handler(new Request(url, init)))
  const link = await auth.addPerson(0)
  const asked = await browser.get(`${base}/passkey/generate-register-options?context=${link}`)
  const response = createSoftwareAuthenticator().register(asked.json<CreationOptionsJSON>(), { origin })
  const { status, body } = await browser.postJson(`${base}/passkey/verify-registration`, {
    response,
    createSession: true,
  })
  if (status !== 200) throw new Error(`The operator is not signed in: ${body}`)
  return browser.cookieHeader(`${base}/`)
}

/** Better Auth with its plugins for passkeys and OAuth (`auth.ts` says how it is set up), in a process of its own. */
export const betterAuth: Contender = {
  name: 'better-auth',
  start: async ({ database, folder, people: count, launch }) => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const secret = randomBytes(32).toString('base64url')
    const clientIds = [first.id, second.id]
    const pool = new pg.Pool({ connectionString: database.url(), max: 4 })
    pool.on('error', () => {}) // PostgreSQL may end its connections before it does.
    const auth = createAuth({ origin, secret, pool, clientIds })
    await auth.migrate()
    const operator = await signOperatorIn(auth, origin)
    for (const application of [first, second]) await auth.registerApplication(application, operator)
    const startAt = (at: number) =>
      launch({
        name: 'Better Auth',
        file: 'packages/bench/src/contenders/better-auth/server.ts',
        env: {
          NODE_ENV: 'production',
          PORT: String(at),
          DATABASE_URL: database.url(),
          BETTER_AUTH_SECRET: secret,
          CLIENT_IDS: clientIds.join(','),
        },
        healthUrl: `http://127.0.0.1:${at}${base}/ok`,
        logFile: join(folder, 'better-auth.log'),
      })
    const launched = await startAt(port)
    const makeLinks = linksBy(auth.addPerson)
    const wire = openWire(origin, 1)
    const people: Person[] = []
    for (const link of await makeLinks(count)) people.push(await setUpPasskey(openBrowser(wire), origin, link))
    await wire.close()
    await database.run('analyze')
    return {
      ...launched,
      origin,
      issuer: `${origin}${base}`,
      endpoints: {
        authorization: `${origin}${base}/oauth2/authorize`,
        token: `${origin}${base}/oauth2/token`,
        userinfo: `${origin}${base}/oauth2/userinfo`,
        jwks: `${origin}${base}/jwks`,
        introspection: `${origin}${base}/oauth2/introspect`,
      },
      application: first,
      people,
      logIn: logInWithPasskey,
      secondApplication: second,
      offlineScope: 'openid profile offline_access',
      clientCredentials: { scope: api.scope, resource: api.resource },
      enrolment: { makeLinks, setUp: (browser, link) => setUpPasskey(browser, origin, link) },
      startAnother: async () => startAt(await freePort()),
      stop: async () => {
        await launched.stop()
        await pool.end()
      },
    }
  },
}
