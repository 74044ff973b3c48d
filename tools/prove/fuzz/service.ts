import { randomBytes } from 'node:crypto'
import { buildApp } from '@fobwatch/api/app'
import { readConfig } from '@fobwatch/api/config'
import { createLog } from '@fobwatch/api/log'
import { migrate, openStore, type Store, statement } from '@fobwatch/store'
import {
  attestationAuthority,
  attestationRootPem,
  type BrowserLike,
  createBrowserLike,
  createMetadataAuthority,
  metadataEntry,
  type Send,
  testAaguid,
} from '@fobwatch/testkit'
import { type House, openHouse } from '../stage/house.ts'

export interface Answer {
  status: number
  body: string
}

/** The code of the closed list that an answer gives, if it gives any. */
export const errorIn = ({ status, body }: Answer): string | undefined => {
  if (status < 400) return undefined
  try {
    const { error }: { error?: unknown } = JSON.parse(body)
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}

/** The whole service in this process, on a database, without a socket between. */
export interface InProcess {
  issuer: string
  store: Store
  house: House
  browser: () => BrowserLike
  /** Posts bytes as a page of the service's own would. */
  post: (path: string, cookie: string, body: Buffer) => Promise<Answer>
  close: () => Promise<void>
}

const issuer = 'http://localhost:3000'

const publisher = createMetadataAuthority({ algorithm: 'ES256' })
const year = 365 * 86_400_000

/** Has the service trust whoever made the devices, by metadata and by an anchor, so that chains are followed to their end. */
const trustMaker = async (assurance: Awaited<ReturnType<typeof buildApp>>['rooms']['assurance']): Promise<void> => {
  const entries = [metadataEntry({ aaguid: testAaguid, roots: [attestationAuthority.root] })]
  const nextUpdate = new Date(Date.now() + year).toISOString().slice(0, 10)
  await assurance.loadMetadata(publisher.signBlob({ number: 1, nextUpdate, entries }))
  const anchor = { name: 'Maker', pem: attestationRootPem, organisationCode: undefined }
  await assurance.addAnchor({ ...anchor, hardware: false, platform: null })
}

/** What is wrong is to be told by its own name, however often. */
const unlimited = {
  ...{ limitAddressPerSecond: 1_000_000, limitBegunPerSecond: 1_000_000, limitClientPerSecond: 1_000_000 },
  ...{ limitFailuresPerAddress: 1_000_000, limitFailuresPerPerson: 1_000_000, limitFailuresPerClient: 1_000_000 },
}

/** Builds the service on a database, which it migrates. */
export const openService = async (databaseUrl: string): Promise<InProcess> => {
  await migrate(databaseUrl)
  const masterKey = randomBytes(32).toString('base64')
  const house = await openHouse({ databaseUrl, issuer, masterKey })
  const read = readConfig({ DATABASE_URL: databaseUrl, FOBWATCH_ISSUER: issuer, FOBWATCH_MASTER_KEY: masterKey })
  const config = { ...read, ...unlimited, metadataRoots: [publisher.root], metadataSigner: publisher.hostName }
  const store = openStore({ url: databaseUrl })
  const { app, rooms } = await buildApp({ config, store, log: createLog('silent') })
  await app.ready()
  await trustMaker(rooms.assurance)

  const { host } = new URL(issuer)
  const send: Send = async (url, { method = 'GET', headers, body }) => {
    const answer = await app.inject({
      method: method as 'GET' | 'POST',
      url: url.pathname + url.search,
      headers: { host, ...(headers as Record<string, string>) },
      ...(typeof body === 'string' && { payload: body }),
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map((each): [string, string] => ['set-cookie', each])
    return new Response(answer.rawPayload.length > 0 ? answer.rawPayload : null, {
      status: answer.statusCode,
      headers: cookies,
    })
  }
  const own = { host, origin: issuer, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  const post: InProcess['post'] = async (url, cookie, payload) => {
    const answer = await app.inject({ method: 'POST', url, headers: { ...own, cookie }, payload })
    return { status: answer.statusCode, body: answer.payload }
  }
  const close = async () => {
    await app.close()
    await store.close()
    await house.close()
  }
  return { issuer, store, house, browser: () => createBrowserLike(issuer, undefined, send), post, close }
}

type Stored = { authenticators: number; signIns: number }

const countStored = statement<[], Stored>(
  'prove:count-stored',
  `select (select count(*) from authenticator) as authenticators,
     (select count(*) from audit_event where type = 'signed-in' and outcome = 'done') as "signIns"`,
)

/** How many authenticators there are, and how many sign-ins are on record. */
export const stored = async ({ store }: Pick<InProcess, 'store'>): Promise<Stored> => {
  const counted = await store.row(countStored, [])
  if (!counted) throw new Error('Nothing was counted')
  return counted
}
