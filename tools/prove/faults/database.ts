import { open, readFile, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@fobwatch/local-postgres'
import pg from 'pg'
import { familyOf, signal } from './processes.ts'

/** A durable PostgreSQL of its own, with all that can befall one. */
export interface Database {
  /** The database, with nothing in between. */
  url: string
  /** Looks at the tables, with nothing in between and as their owner. */
  rows: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>
  /** Kills the postmaster (SIGKILL), and starts it again after a while. @returns when it is back */
  kill: (downFor: number) => Promise<void>
  /** An immediate shutdown (SIGQUIT): no checkpoint, and recovery at the next start. */
  stopAtOnce: (downFor: number) => Promise<void>
  /** Kills the process behind one connection, at which PostgreSQL ends all others and recovers. */
  killBackend: (choose: (pids: readonly number[]) => number) => Promise<void>
  freeze: (milliseconds: number) => Promise<void>
  /** Leaves no room on its disk for a while. Only where the disk is its own. */
  fillDisk: (milliseconds: number) => Promise<void>
  close: () => Promise<void>
}

const backends = `select pid from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid() and datname = current_database()`

/** Little log is kept, so that what a small disk of its own holds is soon full. */
const settings = { max_wal_size: '64MB', min_wal_size: '32MB' }
const name = 'fobwatch'
const patience = 60_000

/** Starts it over a folder. */
export const startDatabase = async (folder: string): Promise<Database> => {
  const options = { dataDir: join(folder, 'postgres'), settings }
  let running = await startPostgres(options)
  await running.createDatabase(name)
  const url = running.url(name)
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  // An unheard 'error' event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const rows = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(sql, [...values])).rows

  const postmaster = async () =>
    Number((await readFile(join(options.dataDir, 'data/postmaster.pid'), 'utf8')).split('\n')[0])
  const startAgain = async () => {
    running = await startPostgres(options)
    await untilBack(rows)
  }
  const end = async (how: NodeJS.Signals, downFor: number) => {
    signal(await postmaster(), how)
    await running.lost
    await delay(downFor)
    await startAgain()
  }
  return {
    url,
    rows,
    kill: (downFor) => end('SIGKILL', downFor),
    stopAtOnce: (downFor) => end('SIGQUIT', downFor),
    killBackend: async (choose) => {
      const pids = (await rows<{ pid: number }>(backends)).map(({ pid }) => pid)
      signal(choose(pids), 'SIGKILL')
      // Long enough for the postmaster to see it, and to end the others.
      await delay(100)
      await untilBack(rows)
    },
    freeze: async (milliseconds) => {
      const family = familyOf(await postmaster())
      for (const pid of family) signal(pid, 'SIGSTOP')
      await delay(milliseconds)
      for (const pid of family) signal(pid, 'SIGCONT')
      await untilBack(rows)
    },
    fillDisk: async (milliseconds) => {
      const lost = { isLost: false }
      void running.lost.then(() => {
        lost.isLost = true
      })
      const ballast = join(options.dataDir, 'ballast')
      await fill(options.dataDir, ballast)
      for (const until = Date.now() + milliseconds; Date.now() < until; await delay(200))
        // The rest of a segment that was there already would be room enough for minutes of this load.
        await rows('select pg_switch_wal()').catch(() => {})
      await rm(ballast, { force: true })
      // Without room for its log PostgreSQL gives up, and whoever supervises it starts it again once there is some.
      await delay(200)
      if (lost.isLost) await startAgain()
      else await untilBack(rows)
    },
    close: async () => {
      await pool.end()
      await running.stop()
    },
  }
}

const untilBack = async (rows: Database['rows']): Promise<void> => {
  for (const until = Date.now() + patience; Date.now() < until; await delay(20))
    if (
      await rows('select 1').then(
        () => true,
        () => false,
      )
    )
      return
  throw new Error('PostgreSQL did not come back')
}

const chunk = Buffer.alloc(1024 * 1024)

/** Takes all the room there is, down to the last block. */
const fill = async (folder: string, file: string): Promise<void> => {
  const { bavail, bsize } = await statfs(folder)
  const blocks = [
    ...Array<Buffer>(Math.floor((bavail * bsize) / chunk.length)).fill(chunk),
    ...Array<Buffer>(512).fill(chunk.subarray(0, bsize)),
  ]
  const disk = await open(file, 'a')
  try {
    for (const block of blocks) await disk.write(block)
  } catch {
    // It is full.
  } finally {
    await disk.close()
  }
}
