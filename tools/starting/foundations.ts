import { join } from 'node:path'
import { FolderInUse, startPostgres } from '@fobwatch/local-postgres'
import { isUnavailable, migrate } from '@fobwatch/store'
import { Failure } from '../failure.ts'
import { root, runProgram } from '../programs.ts'
import { keepEnvironment, prepareDataFolder, provideMasterKey } from './data-folder.ts'
import type { Settings } from './settings.ts'
import type { Keep, Running } from './until-ended.ts'

type Say = (line: string) => void

const never = new Promise<never>(() => {})

/** How the service reaches its tables, and how their owner does. */
type DatabaseUrls = { DATABASE_URL: string; MIGRATION_DATABASE_URL?: string }

/** The user that the service connects as: it owns nothing, so that no way out of its role leads to more. */
const serviceUser = 'fobwatch_service'

/** The embedded database in the data folder, or the one that `DATABASE_URL` names. */
const provideDatabase = async (
  { databaseUrl, dataDir }: Settings,
  say: Say,
): Promise<Running & { urls: DatabaseUrls }> => {
  if (databaseUrl) return { urls: givenUrls(databaseUrl), lost: never, stop: async () => {} }

  say('Starting the database …')
  const { url, lost, stop, ...make } = await startPostgres({ dataDir: join(dataDir, 'postgres'), log: say }).catch(
    nameSetting,
  )
  await make.createUser(serviceUser, 'fobwatch_runtime')
  await make.createDatabase('fobwatch')
  const urls = { DATABASE_URL: url('fobwatch', serviceUser), MIGRATION_DATABASE_URL: url('fobwatch') }
  return { urls, lost, stop }
}

const nameSetting = (error: unknown): never => {
  throw error instanceof FolderInUse
    ? new Failure(`${error.message} Or set FOBWATCH_DATA_DIR to another folder.`, { cause: error })
    : error
}

const givenUrls = (databaseUrl: string): DatabaseUrls => {
  const owner = process.env['MIGRATION_DATABASE_URL']
  return { DATABASE_URL: databaseUrl, ...(owner && { MIGRATION_DATABASE_URL: owner }) }
}

/**
 * Provides what the service needs: the data folder, the master key and the database.
 * @returns what the service is configured by
 */
export const layFoundations = async (settings: Settings, say: Say, keep: Keep): Promise<NodeJS.ProcessEnv> => {
  await prepareDataFolder(settings.dataDir)
  const masterKeyFile = await provideMasterKey(settings.dataDir)
  const { urls } = keep(await provideDatabase(settings, say))
  const env = serviceEnvironment(settings, urls, masterKeyFile)
  await keepEnvironment(settings.dataDir, forCommands(settings, env))
  return env
}

/** A password that the environment gives stays there. */
const forCommands = ({ databaseUrl }: Settings, env: NodeJS.ProcessEnv): Record<string, string> => {
  const ofDatabase = databaseUrl ? [] : ['DATABASE_URL', 'MIGRATION_DATABASE_URL']
  const names = ['PORT', 'FOBWATCH_ISSUER', 'FOBWATCH_MASTER_KEY_FILE', 'FOBWATCH_OUTBOUND_ALLOWED', ...ofDatabase]
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

/** What the service is configured by: the same names as in production. */
const serviceEnvironment = (settings: Settings, urls: DatabaseUrls, masterKeyFile: string): NodeJS.ProcessEnv => {
  const { MIGRATION_DATABASE_URL: _, ...inherited } = process.env
  return {
    ...inherited,
    HOST: settings.host,
    PORT: String(settings.port),
    FOBWATCH_ISSUER: settings.issuer,
    ...(settings.mailbox && { FOBWATCH_MAILBOX: 'on' }),
    // The applications of a demonstration are on this machine.
    FOBWATCH_OUTBOUND_ALLOWED: process.env['FOBWATCH_OUTBOUND_ALLOWED'] || 'localhost,127.0.0.1,::1',
    ...urls,
    ...(process.env['FOBWATCH_MASTER_KEY'] || process.env['FOBWATCH_MASTER_KEY_FILE']
      ? {}
      : { FOBWATCH_MASTER_KEY_FILE: masterKeyFile }),
  }
}

/**
 * Applies the migrations that the database lacks, as the owner of its tables.
 * @throws Failure when the database does not answer, or takes them not
 */
export const applyMigrations = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const url = env['MIGRATION_DATABASE_URL'] ?? env['DATABASE_URL'] ?? ''
  try {
    await migrate(url)
  } catch (error) {
    if (isUnavailable(error))
      throw new Failure('The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?')
    const cause = error instanceof Error && error.cause instanceof Error ? ` ${error.cause.message}` : ''
    throw new Failure(`${error instanceof Error ? error.message : error}${cause}`)
  }
}

/**
 * What seeding answers: its people, with a link for each who has no device yet, and whether all that they have is paused;
 * and who may become the first manager.
 */
export interface Seeded {
  people: { name: string; job: string; staffId: string; url: string | null; paused: boolean }[]
  firstManager: { name: string; staffId: string; organisationCode: string } | null
}

/**
 * Adds what the demonstration lacks, by the same command that an operator would type.
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
