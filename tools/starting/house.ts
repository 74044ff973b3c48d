import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'
import { Failure } from '../failure.ts'
import { root, runProgram } from '../programs.ts'
import type { Settings } from './settings.ts'

type Say = (line: string) => void

/** The database of this start, and what stops it if it is ours to stop. */
export interface Database {
  url: string
  lost: Promise<Error>
  stop: () => Promise<void>
}

const never = new Promise<never>(() => {})

/** The embedded database in the data folder, or the one that `DATABASE_URL` names. */
export const provideDatabase = async ({ databaseUrl, dataDir }: Settings, say: Say): Promise<Database> => {
  if (databaseUrl) return { url: databaseUrl, lost: never, stop: async () => {} }

  say('Starting the database …')
  const { url, createDatabase, lost, stop } = await startPostgres({ dataDir: join(dataDir, 'postgres'), log: say })
  await createDatabase('fobwatch')
  return { url: url('fobwatch'), lost, stop }
}

/** What the service is configured by: the same names as in production. */
export const serviceEnvironment = (settings: Settings, databaseUrl: string, masterKeyFile: string) => {
  const { MIGRATION_DATABASE_URL, ...inherited } = process.env
  return {
    ...inherited,
    // With the embedded database, the owner of the tables is the only user there is.
    ...(settings.databaseUrl && MIGRATION_DATABASE_URL ? { MIGRATION_DATABASE_URL } : {}),
    HOST: settings.host,
    PORT: String(settings.port),
    FOBWATCH_ISSUER: settings.issuer,
    DATABASE_URL: databaseUrl,
    ...(process.env['FOBWATCH_MASTER_KEY'] || process.env['FOBWATCH_MASTER_KEY_FILE']
      ? {}
      : { FOBWATCH_MASTER_KEY_FILE: masterKeyFile }),
  }
}

/** What the ward application is configured by; the service's secrets are none of its business. */
export const relyingAppEnvironment = (settings: Settings): NodeJS.ProcessEnv => {
  const secret = /^(DATABASE_|MIGRATION_|FOBWATCH_)/
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !secret.test(name))),
    HOST: settings.host,
    PORT: String(settings.relyingAppPort),
    RELYING_APP_URL: settings.relyingAppUrl,
    FOBWATCH_ISSUER: settings.issuer,
  }
}

/** What seeding answers: a link for each person who has no device yet, and who may become the first manager. */
export interface Seeded {
  links: { name: string; job: string; url: string }[]
  firstManager: { name: string; staffId: string; organisationCode: string } | null
}

/**
 * Applies the migrations and adds what the demonstration lacks, by the same command that an operator would type.
 * @throws Failure with the command's own sentence
 */
export const seed = async (env: NodeJS.ProcessEnv, relyingAppUrl: string): Promise<Seeded> => {
  const cli = join(root, 'apps/api/src/cli.ts')
  const { code, output } = await runProgram(
    process.execPath,
    [cli, 'seed-demonstration', '--json', '--relying-app', relyingAppUrl],
    { env },
  )
  if (code !== 0) throw new Failure(output.trim() || `The demonstration could not be added (${code}).`)
  return JSON.parse(output)
}
