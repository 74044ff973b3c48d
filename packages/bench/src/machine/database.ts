import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'
import pg from 'pg'

/** One database on the server that all contenders share. */
export interface Database {
  name: string
  /** As its owner, or as another user of the server. */
  url: (user?: string) => string
  /** Makes a user who may do what one role may, and that role, unless they are there. */
  createUser: (name: string, role: string) => Promise<void>
  /** Runs SQL as its owner. */
  run: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface DatabaseServer {
  /** Of the process that starts all others. */
  pid: number
  create: (name: string) => Promise<Database>
  stop: () => Promise<void>
}

/** Not among the settings at start, which nothing overrides later. */
export const countNothing = [`alter system set pg_stat_statements.track = 'none'`, 'select pg_reload_conf()']

/**
 * The embedded PostgreSQL as it is for anybody who starts it, so with every commit on disk before it is acknowledged. The
 * library that counts statements is loaded and counts nothing until it is told to.
 * @param settings more of them, the same for all contenders
 */
export const startDatabaseServer = async (
  folder: string,
  settings: Record<string, string> = {},
): Promise<DatabaseServer> => {
  const counting = { shared_preload_libraries: 'pg_stat_statements' }
  const server = await startPostgres({ dataDir: folder, settings: { ...counting, ...settings } })
  const pid = Number((await readFile(join(folder, 'data/postmaster.pid'), 'utf8')).split('\n', 1)[0])
  const pools: pg.Pool[] = []
  const create = async (name: string): Promise<Database> => {
    await server.createDatabase(name)
    const pool = new pg.Pool({ connectionString: server.url(name), max: 1 })
    // The end of a pool does not wait for its connections to close, so that the server may end them first.
    pool.on('error', () => {})
    pools.push(pool)
    return {
      name,
      url: (user) => server.url(name, user),
      createUser: server.createUser,
      run: async (sql, values = []) => (await pool.query(sql, [...values])).rows,
    }
  }
  const administer = await create('postgres')
  for (const sql of countNothing) await administer.run(sql)
  const stop = async () => {
    await Promise.all(pools.map((pool) => pool.end()))
    await server.stop()
  }
  return { pid, create, stop }
}
