import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@fobwatch/local-postgres'
import { migrate } from '@fobwatch/store'

/** A PostgreSQL of a test's own that keeps what it acknowledges, to be killed. */
export interface MortalPostgres {
  /** A database with every migration and no rows; the same before and after. */
  readonly url: string
  /** Kills it as `kill -9` does. Resolves when it is gone. */
  readonly kill: () => Promise<void>
  readonly startAgain: () => Promise<void>
  /** Stops it, and removes all that it kept. */
  readonly remove: () => Promise<void>
}

/** Starts one, in a folder of its own. */
export const startMortalPostgres = async (): Promise<MortalPostgres> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fobwatch-mortal-'))
  let running = await startPostgres({ dataDir })
  await running.createDatabase('fobwatch')
  const url = running.url('fobwatch')
  await migrate(url)
  return {
    url,
    kill: async () => {
      const [pid] = (await readFile(join(dataDir, 'data/postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await running.lost
    },
    startAgain: async () => {
      running = await startPostgres({ dataDir })
    },
    remove: async () => {
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
