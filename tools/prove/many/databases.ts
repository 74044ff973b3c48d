import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalPostgres, startPostgres } from '@fobwatch/local-postgres'
import { ask } from '../cluster/ask.ts'
import { settingsIn } from '../cluster/settings-in.ts'
import type { Tools } from '../cluster/tools.ts'
import { until } from '../cluster/until.ts'
import { blockOf } from '../stage/guide.ts'

export const guide = 'many-machines.md'

/** A primary whose replica has every deed before it is acknowledged. */
export interface Databases {
  primary: LocalPostgres & { host: string; kill: () => Promise<void> }
  replica: LocalPostgres & { host: string; promote: () => Promise<void> }
}

export const socketIn = (host: string): string => join(host, '.s.PGSQL.5432')

const killPostmaster = async (host: string, { lost }: LocalPostgres): Promise<void> => {
  const [pid] = (await readFile(join(host, 'data/postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await lost
}

/** Starts a primary and a replica as the guide has them, and waits until the primary waits for the replica. */
export const startDatabases = async (
  folder: string,
  tools: Tools,
  undo: (() => Promise<unknown>)[],
): Promise<Databases> => {
  const [host, copy] = [join(folder, 'primary'), join(folder, 'replica')]
  const { synchronous_standby_names: standbys = '', ...settings } = settingsIn(await blockOf(guide, 'primary.conf'))
  const primary = await startPostgres({ dataDir: host, settings })
  undo.push(primary.stop)
  const psql = { host, database: 'postgres', user: 'fobwatch' }
  await tools.runSql('../operators.md', 'users.sql', psql)
  await tools.runSql('backup-and-restore.md', 'backup-user.sql', psql)

  await mkdir(copy, { recursive: true })
  const replicas = { '/var/lib/postgresql/replica': join(copy, 'data'), 'db-1.example.org': host }
  await tools.runBlock(guide, 'replica.sh', replicas)
  const replica = await startPostgres({ dataDir: copy, settings: settingsIn(await blockOf(guide, 'replica.conf')) })
  undo.push(replica.stop)
  // Nothing could be committed while it waited for a replica that is not there yet.
  await ask(primary.url('postgres'), `alter system set synchronous_standby_names = '${standbys}'`)
  await ask(primary.url('postgres'), 'select pg_reload_conf()')
  const watch = await blockOf(guide, 'watch-replicas.sql')
  await until('the replica is synchronous', async () =>
    (await ask<{ sync_state: string }>(primary.url('postgres'), watch)).some(({ sync_state: state }) =>
      ['sync', 'quorum'].includes(state),
    ),
  )
  const promote = async () => {
    await ask(replica.url('postgres'), await blockOf(guide, 'promote.sql'))
  }
  return {
    primary: { ...primary, host, kill: () => killPostmaster(host, primary) },
    replica: { ...replica, host: copy, promote },
  }
}

/** Where the service finds the database: one address, whatever is behind it. */
export const urlAt = (port: number, user: string): string => `postgresql://${user}@127.0.0.1:${port}/fobwatch`
