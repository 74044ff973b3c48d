import pg from 'pg'
import { createAsk } from './ask.ts'
import { isDeadlock } from './errors.ts'
import type { PrismaClient } from './generated/client.ts'
import { createEar, type Heard } from './listen.ts'
import { connectionOptions, endSilent, type Patience } from './patience.ts'
import { type Question, type Statement, type Step, statement, type Transaction } from './statement.ts'

export interface StoreOptions {
  /** Where PostgreSQL is. */
  url: string
  /** Connections at most; the default suits one process. */
  maxConnections?: number
  /** How long things may take there; no limits unless given, as suits commands, which do long things. */
  patience?: Patience
  /** Called when a connection that nobody is using dies; the pool opens another. */
  onConnectionLost?: (error: Error) => void
}

/** The database, as rooms see it: statements by name, transactions, and Prisma for the desk's queries. */
export interface Store {
  /** All rows of a statement. */
  rows<P extends readonly unknown[], R>(statement: Statement<P, R>, params: P, tx?: Transaction): Promise<R[]>
  /** The first row of a statement, if there is one. */
  row<P extends readonly unknown[], R>(statement: Statement<P, R>, params: P, tx?: Transaction): Promise<R | undefined>
  /** How many rows a statement touched: the answer of a compare-and-set. */
  run<P extends readonly unknown[], R>(statement: Statement<P, R>, params: P, tx?: Transaction): Promise<number>
  /** Runs the work in one transaction; a throw rolls all of it back. Work that PostgreSQL undid for a deadlock is run again. */
  inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * Sends statements that wait for no answer of each other's in one round trip, as one transaction.
   * @returns whether it was done: not where one of them, made by `mustTouch`, found nothing to do it to, and then none of
   *   them was
   */
  together(steps: readonly Step[]): Promise<boolean>
  /** Asks a question in one round trip and one transaction, however many statements it has; all is done before it is read. */
  ask<T>(question: Question<T>): Promise<T>
  /**
   * Tells every instance that something on a channel is different, once the transaction is committed; those who listen in
   * this process have heard of it before `inTransaction` resolves.
   */
  tell(tx: Transaction, channel: string): Promise<void>
  /**
   * Hears what instances tell one another. `heard` is called for all that is told, and whenever something may have been
   * missed; in a connection that is cut without a word it is called late, so that nobody may trust in it for long.
   */
  listen(channel: string, heard: Heard): void
  /** For queries whose shape varies: lists, searches, reports. It is loaded when it is first asked for: it takes 40 MB. */
  prisma(): Promise<PrismaClient>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  /** How many wait for a connection now. */
  waiting(): number
  /** How many connections there are in the pool, and how many of them nobody uses. */
  connections(): { all: number; idle: number }
  close(): Promise<void>
}

/**
 * Opens the pool that everything shares. Every connection takes the role `fobwatch_runtime`, which may not change the
 * audit log, and speaks UTC, because the Prisma adapter misreads timestamps in any other time zone.
 */
export const openStore = ({ url, maxConnections = 10, patience, onConnectionLost = () => {} }: StoreOptions): Store => {
  const connection = { connectionString: url, ...connectionOptions(patience) }
  // A connection that is closed takes its plans along, and the next one makes them anew: 17 for one sign-in.
  const pool = new pg.Pool({ ...connection, max: maxConnections, idleTimeoutMillis: 0 })
  if (patience) endSilent(pool, patience)
  const ear = createEar(connection, onConnectionLost)
  // An unheard 'error' event ends the process; a database that restarts must not.
  pool.on('error', onConnectionLost)
  pool.on('connect', (client) => client.on('error', onConnectionLost))

  let prisma: Promise<PrismaClient> | undefined
  const told = new WeakMap<Transaction, Set<string>>()
  const ask = createAsk(pool, (tx) => told.get(tx)?.forEach(ear.call))
  return {
    rows: async <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P, tx?: Transaction) =>
      (await ask.one({ statement, params }, tx)).rows as R[],
    row: async <P extends readonly unknown[], R>(statement: Statement<P, R>, params: P, tx?: Transaction) =>
      (await ask.one({ statement, params }, tx)).rows[0] as R | undefined,
    run: async (statement, params, tx) => (await ask.one({ statement, params }, tx)).count,
    inTransaction: (work) => againAfterDeadlock(() => ask.inTransaction(work)),
    together: (steps) => againAfterDeadlock(() => ask.together(steps)),
    ask: ask.ask,
    tell: async (tx, channel) => {
      await ask.one({ statement: notify, params: [channel] }, tx)
      told.set(tx, new Set([...(told.get(tx) ?? []), channel]))
    },
    listen: ear.listen,
    prisma: () => {
      prisma ??= openPrisma(pool)
      return prisma
    },
    ping: async () => void (await pool.query('select 1')),
    waiting: () => pool.waitingCount,
    connections: () => ({ all: pool.totalCount, idle: pool.idleCount }),
    close: async () => {
      await ear.close()
      await pool.end()
    },
  }
}

const openPrisma = async (pool: pg.Pool): Promise<PrismaClient> => {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/client.ts'),
  ])
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) })
}

const notify = statement<[string]>('store:notify', `select pg_notify($1, '')`)

/** How often work is run that meets a deadlock each time. */
const mostRuns = 3

/** Of deeds that wait for each other PostgreSQL undoes one, as if it had not begun: it is done after the other. */
const againAfterDeadlock = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let runs = 1; ; runs += 1)
    try {
      return await run()
    } catch (error) {
      if (runs === mostRuns || !isDeadlock(error)) throw error
    }
}
