import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  type CreationOptionsJSON,
  coseAlgorithm,
  createSoftwareAuthenticator,
  type RegistrationResponseJSON,
} from '@fobwatch/testkit'
import type { Database } from '../../machine/database.ts'
import { freePort } from '../../machine/launch.ts'
import type { Application, Contender, Person, Setting } from '../contender.ts'
import { logInAtPage } from '../log-in-at-page.ts'
import { tables } from './tables.ts'

const applicationCalled = (id: string): Application => ({
  id,
  secret: randomBytes(32).toString('base64url'),
  redirectUri: `http://localhost:9/${id}`,
  scope: 'openid profile',
})

const [first, second] = [applicationCalled('bench'), applicationCalled('bench-second')]
const api = { resource: 'https://bench.example.org/api', scope: 'directory.read' }

const insertPerson = `
  with person as (
    insert into person (id, staff_id, user_handle, given_name, family_name) values ($1, $2, $3, 'Bench', 'Fiction'))
  insert into authenticator (id, person_id, credential_id, public_key) values ($4, $1, $5, $6)`

/** Begins to set up a device for somebody. */
export const creationOptions = (): CreationOptionsJSON => ({
  rp: { id: 'localhost', name: 'The floor' },
  user: { id: randomBytes(32).toString('base64url'), name: 'bench', displayName: 'Bench Fiction' },
  challenge: randomBytes(32).toString('base64url'),
  pubKeyCredParams: [{ type: 'public-key', alg: coseAlgorithm.ES256 }],
})

/** Writes somebody and their device where the floor looks: it has no enrolment. */
export const addPerson = async (
  { run }: Database,
  number: number,
  { user }: CreationOptionsJSON,
  { id, response }: RegistrationResponseJSON,
): Promise<void> => {
  const bytes = (text = '') => Buffer.from(text, 'base64url')
  const credential = [randomUUID(), bytes(id), bytes(response.publicKey)]
  await run(insertPerson, [randomUUID(), String(number).padStart(12, '0'), bytes(user.id), ...credential])
}

const enrol = async ({ database }: Setting, origin: string, number: number): Promise<Person> => {
  const device = createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256] })
  const options = creationOptions()
  await addPerson(database, number, options, device.register(options, { origin }))
  return { device }
}

/** The least that a service can do (`server.ts`), in a process of its own. */
export const floor: Contender = {
  name: 'floor',
  start: async (setting) => {
    const { database, folder, people: count, launch } = setting
    const port = await freePort()
    const origin = `http://localhost:${port}`
    await database.run(tables)
    for (const { id, secret, redirectUri } of [first, second]) {
      const hash = createHash('sha256').update(secret).digest()
      await database.run('insert into client values ($1, $2, $3, $4)', [id, hash, redirectUri, api.resource])
    }
    const people: Person[] = []
    for (let number = 1; number <= count; number += 1) people.push(await enrol(setting, origin, number))
    await database.run('analyze')
    const startAt = (at: number) =>
      launch({
        name: 'The floor',
        file: 'packages/bench/src/contenders/floor/server.ts',
        env: { PORT: String(at), DATABASE_URL: database.url() },
        healthUrl: `http://127.0.0.1:${at}/health/ready`,
        logFile: join(folder, 'floor.log'),
      })
    const launched = await startAt(port)
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
      clientCredentials: api,
      startAnother: async () => startAt(await freePort()),
    }
  },
}
