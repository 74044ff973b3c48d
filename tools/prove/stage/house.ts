import { openRooms } from '@fobwatch/api/app'
import { readConfig } from '@fobwatch/api/config'
import { createLog } from '@fobwatch/api/log'
import { openStore, type Store, statement } from '@fobwatch/store'

type Rooms = Awaited<ReturnType<typeof openRooms>>
export type NewClient = Parameters<Rooms['clients']['registerClient']>[1]

interface Setting {
  databaseUrl: string
  issuer: string
  /** 32 bytes in base64. */
  masterKey: string
}

/** What an operator does and no endpoint offers, through the doors of the rooms; and a look at what became of it. */
export interface House {
  addPerson: (givenName: string, familyName: string) => Promise<{ id: string; staffId: string }>
  /** Gives somebody the role of a nurse, who may read patients' records. */
  makeNurse: (personId: string) => Promise<void>
  /** Gives somebody the duty of a manager, over the same place. */
  makeManager: (personId: string) => Promise<void>
  /** @returns the code of a new link to set up a device */
  invite: (personId: string) => Promise<string>
  registerClient: (client: NewClient) => Promise<void>
  countAuthenticators: (personId: string) => Promise<number>
  countSessions: (personId: string) => Promise<number>
  /** The chain over the log, as the commands of an operator have it. */
  auditChain: Rooms['auditChain']
  close: () => Promise<void>
}

/** Opens the rooms of the service in this process, beside the instances that serve it. */
export const openHouse = async ({ databaseUrl, issuer, masterKey }: Setting): Promise<House> => {
  const config = readConfig({ DATABASE_URL: databaseUrl, FOBWATCH_ISSUER: issuer, FOBWATCH_MASTER_KEY: masterKey })
  const store = openStore({ url: databaseUrl, maxConnections: 4 })
  const rooms = await openRooms({ config, store, log: createLog('silent') })
  await store.inTransaction((tx) => rooms.access.loadCatalogue(tx))
  return { ...deedsOf(rooms, store), ...countsOf(store), auditChain: rooms.auditChain, close: store.close }
}

const lifetimeMinutes = 60

const place = { code: 'ZZP01', name: 'Proving Hospital (fictional)' }

const deedsOf = ({ people, access, enrolment, clients }: Rooms, { inTransaction }: Store) => ({
  addPerson: (givenName: string, familyName: string) =>
    inTransaction((tx) => {
      const email = `${givenName}.${familyName}@example.org`.toLowerCase().replaceAll(' ', '.')
      return people.addPerson(tx, { givenName, familyName, email, identityLevel: 3 })
    }),
  makeNurse: (personId: string) =>
    giveWork(inTransaction, access, personId, { name: 'Nurse, Ward 1', roleCode: 'S8000:G8000:R8001' }),
  makeManager: (personId: string) =>
    giveWork(inTransaction, access, personId, { name: 'Manager', dutyCode: 'manager' }),
  invite: async (personId: string) =>
    (await inTransaction((tx) => enrolment.invite(tx, { personId, issuedBy: null, how: 'link', lifetimeMinutes })))
      .code,
  registerClient: (client: NewClient) => inTransaction((tx) => clients.registerClient(tx, client)),
})

type Work = { name: string; roleCode: string } | { name: string; dutyCode: string }

const giveWork = (
  inTransaction: Store['inTransaction'],
  access: Rooms['access'],
  personId: string,
  work: Work,
): Promise<void> =>
  inTransaction(async (tx) => {
    const known = await access.findOrganisation(place.code, tx)
    const organisationId = known?.id ?? (await access.addOrganisation(tx, place))
    const positionId =
      (await access.findPosition(tx, organisationId, work.name)) ??
      (await access.addPosition(tx, { ...work, organisationId }))
    await access.assign(tx, { personId, positionId, startsAt: new Date(Date.now() - 60_000) })
  })

type Count = { count: number }

const authenticatorsOf = statement<[string], Count>(
  'prove:authenticators-of',
  'select count(*) from authenticator where person_id = $1',
)
const sessionsOf = statement<[string], Count>('prove:sessions-of', 'select count(*) from session where person_id = $1')

const countsOf = (store: Store) => ({
  countAuthenticators: async (personId: string) => (await store.row(authenticatorsOf, [personId]))?.count ?? 0,
  countSessions: async (personId: string) => (await store.row(sessionsOf, [personId]))?.count ?? 0,
})
