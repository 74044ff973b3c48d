import { openRooms } from '@fobwatch/api/app'
import { readConfig } from '@fobwatch/api/config'
import { createLog } from '@fobwatch/api/log'
import { openStore } from '@fobwatch/store'
import type { Application } from '../contender.ts'

interface At {
  databaseUrl: string
  issuer: string
  masterKey: string
}

/** What an operator and the desk do before anybody logs in, through the doors of the rooms. */
export interface House {
  registerApplication: (application: Application) => Promise<void>
  /** Adds somebody with so many roles. @returns the code of a link to set up a device */
  addPerson: (number: number, roles: number) => Promise<string>
  close: () => Promise<void>
}

/** An API that applications ask tokens for in their own name. */
export const api = { resource: 'https://bench.example.org/api', name: 'Bench API', scopes: ['directory.read'] }

const posts = ['Nurse, Ward 1', 'Nurse, Ward 2']
const lifetimeMinutes = 60

/** Opens the rooms of the service in this process, beside the one that serves it. */
export const openHouse = async ({ databaseUrl, issuer, masterKey }: At): Promise<House> => {
  const config = readConfig({ DATABASE_URL: databaseUrl, FOBWATCH_ISSUER: issuer, FOBWATCH_MASTER_KEY: masterKey })
  const store = openStore({ url: databaseUrl, maxConnections: 4 })
  const { access, people, enrolment, clients } = await openRooms({ config, store, log: createLog('silent') })
  const positions = await store.inTransaction(async (tx) => {
    await access.loadCatalogue(tx)
    const organisationId = await access.addOrganisation(tx, { code: 'ZZB01', name: 'Bench Hospital (fictional)' })
    const roleCode = 'S8000:G8000:R8001'
    return [
      await access.addPosition(tx, { name: posts[0] ?? '', roleCode, organisationId }),
      await access.addPosition(tx, { name: posts[1] ?? '', roleCode, organisationId }),
    ]
  })
  return {
    registerApplication: ({ id, secret, redirectUri }) =>
      store.inTransaction((tx) =>
        clients.registerClient(tx, {
          ...{ id, secret, name: 'Bench', apis: [api] },
          metadata: {
            redirect_uris: [redirectUri],
            token_endpoint_auth_method: 'client_secret_basic',
            grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
          },
        }),
      ),
    addPerson: (number, roles) =>
      store.inTransaction(async (tx) => {
        const name = { givenName: 'Bench', familyName: `Fiction ${number}` }
        const person = await people.addPerson(tx, { ...name, identityLevel: 3 })
        for (const positionId of positions.slice(0, roles))
          await access.assign(tx, { personId: person.id, positionId, startsAt: new Date(Date.now() - 60_000) })
        const invitation = { personId: person.id, issuedBy: null, how: 'link', lifetimeMinutes } as const
        return (await enrolment.invite(tx, invitation)).code
      }),
    close: store.close,
  }
}
