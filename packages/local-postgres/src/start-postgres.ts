import { access, chmod, constants, mkdir, realpath, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { createDatabase } from './create-database.ts'
import { createUser, passwordOf } from './create-user.ts'
import { explained, LocalPostgresError } from './errors.ts'
import { lockFolder } from './folder-lock.ts'
import { initialise } from './initialise.ts'
import { chooseLauncher } from './launcher.ts'
import { endOrphans } from './postmaster.ts'
import { logLength, logSince, type Place, type Server, startServer, untilReady } from './server.ts'
import { type Listening, whereToListen } from './where-to-listen.ts'

export interface LocalPostgresOptions {
  /** Where everything is kept; made if it is not there. */
  dataDir: string
  /** Whether what is acknowledged survives a crash; `false` is faster and for tests only. */
  durable?: boolean
  /** More settings, as in `postgresql.conf`. */
  settings?: Record<string, string>
  /** Hears of each step, a sentence at a time. */
  log?: (line: string) => void
}

/** A database that is up. */
export interface LocalPostgres {
  /** The connection URL of one of its databases, as the superuser or another user; `postgres` is always there. */
  url: (database: string, user?: string) => string
  /** Makes a database, unless there is one of that name. */
  createDatabase: (name: string) => Promise<void>
  /** Makes a user who may do what one role may and nothing else, and that role, unless they are there. */
  createUser: (name: string, role: string) => Promise<void>
  /** Resolves with the reason if it ends without having been asked to. */
  lost: Promise<LocalPostgresError>
  /** Stops it and waits until it is gone. May be called again. */
  stop: () => Promise<void>
}

const notDurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const always = { max_connections: '100', timezone: 'UTC', log_timezone: 'UTC' }
const longestLog = 4 * 1024 * 1024
/** What a server says when it stumbles over the last one's remains, or someone took its port: try again in a moment. */
const passing = /lock file|shared memory|could not bind|could not create any/i
const patienceAfterUncleanStop = 15_000
const patienceForStop = 30_000

/**
 * Starts PostgreSQL over a folder and supervises it until `stop`. The first time it makes the cluster; after a crash it
 * ends what was left running and recovers.
 * @throws LocalPostgresError, in one sentence, when the folder cannot be written, another supervisor has it, this kind
 * of machine has no embedded PostgreSQL, or PostgreSQL does not start
 */
export const startPostgres = async (options: LocalPostgresOptions): Promise<LocalPostgres> => {
  const folder = await prepareFolder(options.dataDir)
  const unlock = lockFolder(folder)
  try {
    return await startLocked(folder, options, unlock)
  } catch (error) {
    unlock()
    throw explained(error, folder)
  }
}

const prepareFolder = async (dataDir: string): Promise<string> => {
  try {
    const made = await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const folder = await realpath(dataDir)
    await access(folder, constants.W_OK | constants.X_OK)
    if (!made) await chmod(folder, 0o700)
    return folder
  } catch (error) {
    throw explained(error, dataDir)
  }
}

const startLocked = async (
  folder: string,
  { durable = true, settings = {}, log = () => {} }: LocalPostgresOptions,
  unlock: () => void,
): Promise<LocalPostgres> => {
  const binaries = await findBinaries()
  const launcher = await chooseLauncher(folder)
  await endOrphans(join(folder, 'data'), log)
  const { data, password, made } = await initialise({ folder, binaries, launcher, durable })
  if (made) log('Made a new database.')
  if ((await logLength(folder)) > longestLog) await truncate(join(folder, 'postgres.log'))

  const place = { folder, data, binaries, launcher }
  const chosen = { ...always, ...(durable ? {} : notDurable), ...settings }
  const { server, url } = await startPatiently(place, chosen, () => whereToListen(folder, password))
  return { ...supervise(folder, server, unlock), ...reach(url, password) }
}

const startPatiently = async (place: Place, settings: Record<string, string>, listen: () => Promise<Listening>) => {
  const until = Date.now() + patienceAfterUncleanStop
  for (;;) {
    const { settings: where, url } = await listen()
    const from = await logLength(place.folder)
    const server = await startServer(place, { ...settings, ...where })
    if (await untilReady(server, place.data)) return { server, url }

    const said = await logSince(place.folder, from)
    if (!passing.test(said) || Date.now() > until)
      throw new LocalPostgresError(`PostgreSQL did not start: ${lastWords(said)} (${place.folder}/postgres.log).`)
    await delay(200)
  }
}

const lastWords = (said: string): string => {
  const fatal = said.split('\n').findLast((line) => /(FATAL|PANIC|error):/.test(line))
  return fatal?.replace(/^.*(FATAL|PANIC|error):\s*/, '') ?? 'it gave no reason'
}

const reach = (url: Listening['url'], password: string) => ({
  url,
  createDatabase: (name: string) => createDatabase(url('postgres'), name),
  createUser: (name: string, role: string) =>
    createUser(url('postgres'), { name, role, password: passwordOf(name, password) }),
})

const supervise = (folder: string, server: Server, unlock: () => void): Pick<LocalPostgres, 'lost' | 'stop'> => {
  let stopping: Promise<void> | undefined
  const lost = server.ended.then(() => {
    if (stopping !== undefined) return new Promise<never>(() => {})
    unlock()
    return new LocalPostgresError(`The database stopped by itself (${join(folder, 'postgres.log')}).`)
  })
  const stop = () => {
    stopping ??= stopServer(server).finally(unlock)
    return stopping
  }
  return { lost, stop }
}

const stopServer = async (server: Server): Promise<void> => {
  if (server.hasEnded()) return
  server.stop('fast')
  const patience = new AbortController()
  const impatient = delay(patienceForStop, undefined, { signal: patience.signal }).then(
    () => server.stop('immediate'),
    () => {},
  )
  await server.ended
  patience.abort()
  await impatient
}
