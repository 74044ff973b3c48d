import { countNothing, type Database } from '../machine/database.ts'

/** What the database was asked for one deed. */
export interface Asked {
  /** Statements of every kind, `begin` and `commit` too. */
  statements: number
  /** Transactions that wrote. */
  commits: number
  /** Each statement: how often for one deed, and its milliseconds in all of that. */
  each: { text: string; calls: number; ms: number }[]
}

const idle = 'select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as "next"'
const countAll = [`alter system set pg_stat_statements.track = 'top'`, 'select pg_reload_conf()']
const seen = `select query as text, calls::int, total_exec_time as ms
  from pg_stat_statements join pg_database on pg_database.oid = dbid
  where datname = $1 order by total_exec_time desc`

/**
 * Counts what the database is asked, in a run that is not measured: everybody's statements by PostgreSQL's own count, and
 * transactions by the numbers that PostgreSQL gives to those that write.
 * @param server any database of the server but the contender's own
 * @param deed is done one at a time
 */
export const countStatements = async (
  server: Database,
  contender: Database,
  deed: () => Promise<void>,
  deeds: number,
): Promise<Asked> => {
  await server.run('create extension if not exists pg_stat_statements')
  for (const sql of countAll) await server.run(sql)
  await deed() // After it every connection has heard of the settings, and has prepared what it asks.
  await server.run('select pg_stat_statements_reset()')
  const next = async () => Number((await server.run<{ next: string }>(idle))[0]?.next)
  const before = await next()
  for (let done = 0; done < deeds; done += 1) await deed()
  const commits = (await next()) - before
  const rows = await server.run<Asked['each'][number]>(seen, [contender.name])
  for (const sql of countNothing) await server.run(sql)
  const each = rows.map(({ text, calls, ms }) => ({ text, calls: calls / deeds, ms: ms / deeds }))
  return { statements: each.reduce((sum, { calls }) => sum + calls, 0), commits: commits / deeds, each }
}
