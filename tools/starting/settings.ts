import { resolve } from 'node:path'
import { Failure } from '../failure.ts'
import { root } from '../programs.ts'

/** What a start of the demonstration was told. */
export interface Settings {
  host: string
  port: number
  relyingAppPort: number
  dataDir: string
  /** Absent: the embedded database. */
  databaseUrl: string | undefined
  /** The origins that browsers know the two by. */
  issuer: string
  relyingAppUrl: string
  /** Whether mail is shown on a page, since people who do not exist have no mail: unless a mail server is given. */
  mailbox: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads what the start itself needs of the environment; the service reads the rest.
 * @throws Failure for a port that is none
 */
export const readSettings = (env: Environment): Settings => {
  const port = portOf(env, 'PORT', 3000)
  const relyingAppPort = portOf(env, 'RELYING_APP_PORT', 3001)
  if (port === relyingAppPort) throw new Failure(`PORT and RELYING_APP_PORT are both ${port}: they must differ.`)
  return {
    host: env['HOST'] || '127.0.0.1',
    port,
    relyingAppPort,
    dataDir: resolve(root, env['FOBWATCH_DATA_DIR'] || '.fobwatch'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    issuer: env['FOBWATCH_ISSUER'] || `http://localhost:${port}`,
    relyingAppUrl: env['RELYING_APP_URL'] || `http://localhost:${relyingAppPort}`,
    mailbox: env['FOBWATCH_MAILBOX'] ? env['FOBWATCH_MAILBOX'] === 'on' : !env['FOBWATCH_SMTP_URL'],
  }
}

const portOf = (env: Environment, name: string, unset: number): number => {
  const text = env[name] || String(unset)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new Failure(`${name} is ${text}, and must be a whole number from 1 to 65535.`)
  return port
}

export const help = `npm start            starts Fobwatch with a fictional demonstration: the service, a sample ward
                     application that signs in with it, and a PostgreSQL of its own

It installs what is missing, applies migrations, builds the pages, adds fictional staff, and prints for each of them
a link to set up a device. Every start makes new links for those without a device. Ctrl-C stops everything.

From the environment:
  PORT               where the service listens                                     3000
  RELYING_APP_PORT   where the ward application listens                            3001
  HOST               the address that both listen on                               127.0.0.1, this machine alone
  FOBWATCH_DATA_DIR  where the database and the keys are kept                      .fobwatch in the checkout
  DATABASE_URL       a PostgreSQL to use instead of the embedded one               none
  FOBWATCH_ISSUER    the origin that people and applications know the service by   http://localhost with PORT
  RELYING_APP_URL    the same for the ward application                             http://localhost with its port
  FOBWATCH_MAILBOX   on or off: mail to the fictional people is shown at /mailbox  on, without FOBWATCH_SMTP_URL
  LOG_LEVEL          fatal, error, warn, info, debug or silent                     info

docs/configuration.md lists what else the service reads. In production it runs without this script: node apps/api/src/main.ts
`
