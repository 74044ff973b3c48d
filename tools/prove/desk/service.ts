import { randomBytes } from 'node:crypto'
import { buildApp } from '@fobwatch/api/app'
import { readConfig } from '@fobwatch/api/config'
import { createLog } from '@fobwatch/api/log'
import { migrate, openStore, type Store } from '@fobwatch/store'
import { type BrowserLike, createBrowserLike, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { openHouse } from '../stage/house.ts'
import { answerChallenge, enrolPerson, expectOk } from '../stage/person.ts'
import { freePorts } from '../stage/ports.ts'
import { sendTo } from '../stage/send-to.ts'

/** A statement as it was run. */
export interface Ran {
  name: string
  text: string
  values: readonly unknown[]
}

/** The whole service on a database, listening on the loopback, with somebody looking on at its statements. */
export interface DeskService {
  /** A manager over an organisation and all below it, logged in to the desk. */
  manager: (organisationCode: string) => Promise<BrowserLike>
  countSignInDays: () => Promise<void>
  /** Runs some work. @returns the statements that were run meanwhile */
  watch: (work: () => Promise<unknown>) => Promise<Ran[]>
  close: () => Promise<void>
}

const watched = (store: Store, onRun: (ran: Ran) => void): Store => {
  const seen = <T extends readonly unknown[]>({ name, text }: { name: string; text: string }, values: T) =>
    onRun({ name, text, values })
  return {
    ...store,
    rows: (asked, values, tx) => {
      seen(asked, values)
      return store.rows(asked, values, tx)
    },
    row: (asked, values, tx) => {
      seen(asked, values)
      return store.row(asked, values, tx)
    },
    run: (asked, values, tx) => {
      seen(asked, values)
      return store.run(asked, values, tx)
    },
  }
}

const ownPages = '/sign-in/fobwatch'

/** Builds the service on a database, which it migrates, and listens. */
export const openDesk = async (databaseUrl: string): Promise<DeskService> => {
  await migrate(databaseUrl)
  const [port = 0] = await freePorts(1)
  const issuer = `http://localhost:${port}`
  const masterKey = randomBytes(32).toString('base64')
  const house = await openHouse({ databaseUrl, issuer, masterKey })
  const read = readConfig({ DATABASE_URL: databaseUrl, FOBWATCH_ISSUER: issuer, FOBWATCH_MASTER_KEY: masterKey })
  // One person asks as fast as the machine can answer.
  const config = { ...read, limitPersonPerSecond: 1_000_000 }
  const opened = openStore({ url: databaseUrl })
  let ran: Ran[] = []
  const store = watched(opened, (each) => void ran.push(each))
  const { app, rooms } = await buildApp({ config, store, log: createLog('silent') })
  await app.listen({ port, host: '127.0.0.1' })
  const send = sendTo(`http://127.0.0.1:${port}`)
  const browser = () => createBrowserLike(issuer, undefined, send)

  const giveDuty = (personId: string, code: string) =>
    opened.inTransaction(async (tx) => {
      const organisation = await rooms.access.findOrganisation(code, tx)
      if (!organisation) throw new Error(`There is no organisation ${code}`)
      const post = { organisationId: organisation.id, name: `Manager ${personId}`, dutyCode: 'manager' }
      const positionId = await rooms.access.addPosition(tx, post)
      await rooms.access.assign(tx, { personId, positionId, startsAt: new Date(Date.now() - 60_000) })
    })
  return {
    manager: async (organisationCode) => {
      const device = createSoftwareAuthenticator()
      const person = await enrolPerson({ issuer, browser, house }, 'Manager', device)
      await giveDuty(person.id, organisationCode)
      const signedIn = browser()
      expectOk(await signedIn.postJson(`${ownPages}/assertion`, await answerChallenge(signedIn, ownPages, device)))
      return signedIn
    },
    countSignInDays: rooms.registrationAuthority.countSignInDays,
    watch: async (work) => {
      ran = []
      await work()
      return ran
    },
    close: async () => {
      await app.close()
      await opened.close()
      await house.close()
    },
  }
}
