import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contender, Running } from '../contenders/index.ts'
import { openWire, type Wire } from '../load/wire.ts'
import { pinOurselves } from './cores.ts'
import { type Database, type DatabaseServer, startDatabaseServer } from './database.ts'
import { launcher } from './launch.ts'

/** A contender that is up, on a database of its own. */
export interface Entered {
  running: Running
  database: Database
  wire: Wire
}

/** PostgreSQL, and cores for it and for what is measured. */
export interface Stage {
  server: DatabaseServer
  /** Whether the API has a core to itself. */
  isPinned: boolean
  /** Starts a contender. @param name of its database; @param nodeArgs more arguments for its Node */
  enter: (contender: Contender, name: string, people: number, nodeArgs?: readonly string[]) => Promise<Entered>
  /** Stops what was started, last first, and leaves nothing behind. */
  strike: () => Promise<void>
}

const connections = 64

/** Sets up what is measured besides contenders beside each other; it is struck too when somebody ends this process. */
export const openStage = async ({ pinned = true, settings = {} } = {}): Promise<Stage> => {
  const cores = pinned ? await pinOurselves() : undefined
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const strike = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void strike().finally(() => process.exit(130)))
  try {
    const server = await startDatabaseServer(join(folder, 'postgres'), settings)
    undo.push(server.stop)
    const enter: Stage['enter'] = async (contender, name, people, nodeArgs = []) => {
      const own = join(folder, name)
      await mkdir(own)
      const database = await server.create(name)
      const launch = launcher({ core: cores?.api, nodeArgs })
      const running = await contender.start({ database, folder: own, people, roles: 1, launch })
      const wire = openWire(running.origin, connections)
      undo.push(running.stop, wire.close)
      return { running, database, wire }
    }
    return { server, isPinned: cores !== undefined, enter, strike }
  } catch (error) {
    await strike()
    throw error
  }
}
