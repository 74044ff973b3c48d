import pg from 'pg'
import { isConnectionLost, isDeadEnd, isDeadlock, wasNeverSent } from './errors.ts'
import type { PrismaClient } from './generated/client.ts'
import { createEar, type Heard } from './listen.ts'
import { connectionOptions, type Patience } from './patience.ts'
import { type Statement, statement, type Transaction } from './statement.ts'

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
  close(): Promise<void>
}

const int8 = 20
// Counters and totals stay far below 2^53, and a string where a number is meant invites "1" + 1.
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/**
 * Opens the pool that everything shares. Every connection takes the role `fobwatch_runtime`, which may not change the
 * audit log, and speaks UTC, because the Prisma adapter misreads timestamps in any other time zone.
 */
export const openStore = ({ url, maxConnections = 10, patience, onConnectionLost = () => {} }: StoreOptions): Store => {
  const connection = { connectionString: url, ...connectionOptions(patience) }
  const pool = new pg.Pool({ ...connection, max: maxConnections })
  const ear = createEar(connection, onConnectionLost)
  // An unheard 'error' event ends the process; a database that restarts must not.
  pool.on('error', onConnectionLost)
  pool.on('connect', (client) => client.on('error', onConnectionLost))

  let prisma: Promise<PrismaClient> | undefined
  const clients: Clients = new WeakMap()
  const told = new WeakMap<Transaction, Set<string>>()
  const hearTold = (tx: Transaction) => told.get(tx)?.forEach(ear.call)
  const query = <P extends readonly unknown[], R>(asked: Statement<P, R>, values: P, tx?: Transaction) => {
    if (asked.unhurried) return unhurried(asked, values, tx)
    const { name, text } = asked
    const target = tx ? clients.get(tx) : pool
    if (!target) throw new Error('This transaction is over')
    const ask = () => target.query({ name, text, values: [...values], types })
    if (tx) return ask()
    return ask().catch((error: Error) => {
      if (!wasNeverSent(error)) throw error
      return ask()
    })
  }

  const unhurried = async <P extends readonly unknown[], R>(
    { name, text }: Statement<P, R>,
    values: P,
    tx?: Transaction,
  ): Promise<pg.QueryResult> => {
    if (!tx) return inTransaction(pool, clients, (own) => unhurried({ name, text }, values, own))
    const client = clients.get(tx)
    if (!client) throw new Error('This transaction is over')
    await client.query('set local statement_timeout = 0')
    return client.query({ name, text, values: [...values], types, query_timeout: longest } as pg.QueryConfig)
  }

  return {
    rows: async <P extends readonly unknown[], R>(s: Statement<P, R>, params: P, tx?: Transaction) =>
      (await query(s, params, tx)).rows as R[],
    row: async <P extends readonly unknown[], R>(s: Statement<P, R>, params: P, tx?: Transaction) =>
      (await query(s, params, tx)).rows[0] as R | undefined,
    run: async (s, params, tx) => (await query(s, params, tx)).rowCount ?? 0,
    inTransaction: (work) => againAfterDeadlock(() => inTransaction(pool, clients, work, hearTold)),
    tell: async (tx, channel) => {
      await query(notify, [channel], tx)
      told.set(tx, new Set([...(told.get(tx) ?? []), channel]))
    },
    listen: ear.listen,
    prisma: () => {
      prisma ??= openPrisma(pool)
      return prisma
    },
    ping: async () => void (await pool.query('select 1')),
    waiting: () => pool.waitingCount,
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

type Clients = WeakMap<Transaction, pg.PoolClient>

const notify = statement<[string]>('store:notify', `select pg_notify($1, '')`)

/** As long as a timer of Node can be, which is about 24 days. Milliseconds. */
const longest = 2 ** 31 - 1

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

/**
 * Begins a transaction. A connection that died while nobody used it may be found out by the first word on it alone. That word
 * does nothing by itself, whoever heard it: so another connection is taken, and nobody is told of a database that is back.
 */
const begin = async (pool: pg.Pool): Promise<pg.PoolClient> => {
  for (let tries = 1; ; tries += 1) {
    const client = await pool.connect()
    try {
      await client.query('begin')
      return client
    } catch (error) {
      client.release(true)
      if (tries === mostRuns || !(error instanceof Error && isConnectionLost(error))) throw error
    }
  }
}

const inTransaction = async <T>(
  pool: pg.Pool,
  clients: Clients,
  work: (tx: Transaction) => Promise<T>,
  afterwards: (tx: Transaction) => void = () => {},
): Promise<T> => {
  const client = await begin(pool)
  const tx: Transaction = { opaque: 'transaction' }
  clients.set(tx, client)
  let broken: Error | boolean = false
  try {
    const result = await work(tx)
    await client.query('commit')
    afterwards(tx)
    return result
  } catch (error) {
    broken = isDeadEnd(error)
    // Whatever hangs there would hang the rollback too: the connection is closed instead, which undoes as much.
    if (!broken)
      await client.query('rollback').catch((lost: Error) => {
        broken = lost
      })
    throw error
  } finally {
    clients.delete(tx)
    client.release(broken)
  }
}
