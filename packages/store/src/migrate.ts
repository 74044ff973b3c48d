import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
/** Any number will do, as long as every instance takes the same lock. */
const migrationLock = 4_206_742

/** The table that Prisma's own `migrate` keeps, so that either may apply the next migration. */
const historyTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0)`

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** The names of the migrations of this version, oldest first. */
const readNames = async (): Promise<string[]> => {
  const entries = await readdir(migrationsDir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

let names: Promise<string[]> | undefined

/** The same, as they were when this process first asked: those of its own code, whatever is put beside it later. */
export const migrationNames = (): Promise<string[]> => {
  names ??= readNames()
  return names
}

/** The migrations of this version of the service, oldest first. */
export const readMigrations = async (): Promise<Migration[]> => {
  return Promise.all(
    (await readNames()).map(async (name) => {
      const sql = await readFile(`${migrationsDir}/${name}/migration.sql`, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * Applies what is missing, each migration in a transaction of its own, under a lock that instances starting together
 * wait for. Safe to run at every start.
 * @returns the names of the migrations that it applied
 * @throws when PostgreSQL is too old, a migration that was applied has been edited since, or the database is newer than this service
 */
export const migrate = async (url: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC', connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await requireVersion(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(historyTable)
    const missing = await missingFrom(client, await readMigrations())
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/**
 * What `migrate` would apply now, without applying it.
 * @returns the names of missing migrations
 */
export const pendingMigrations = async (url: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('_prisma_migrations') is not null as there`,
    )
    const migrations = await readMigrations()
    return (rows[0]?.there ? await missingFrom(client, migrations) : migrations).map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** The first with all that the migrations use: `daitch_mokotoff`, by which names that sound alike are found. */
const oldestVersion = 16

const requireVersion = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  )
  const { number = 0, version = 'unknown' } = rows[0] ?? {}
  if (number >= oldestVersion * 10_000) return
  throw new Error(`PostgreSQL ${oldestVersion} or newer is needed, and this is ${version}. Nothing was changed.`)
}

const missingFrom = async (client: pg.Client, migrations: Migration[]): Promise<Migration[]> => {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const known = new Map(migrations.map((each) => [each.name, each.checksum]))
  for (const [name, checksum] of applied) {
    if (!known.has(name)) throw new Error(`The database is newer than this service: it has the migration ${name}.`)
    if (known.get(name) !== checksum) throw new Error(`The migration ${name} was edited after it had been applied.`)
  }

  return migrations.filter(({ name }) => !applied.has(name))
}

const apply = async (client: pg.Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`The migration ${name} could not be applied: ${why}`, { cause: error })
  }
}
