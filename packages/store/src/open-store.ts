import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { isConnectionLost, isDeadEnd, isDeadlock, wasNeverSent } from './errors.ts'
import { PrismaClient } from './generated/client.ts'
import { connectionOptions, type Patience } from './patience.ts'
import type { Statement, Transaction } from './statement.ts'

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
  /** For queries whose shape varies: lists, searches, reports. */
  readonly prisma: PrismaClient
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
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, ...connectionOptions(patience) })
  // An unheard 'error' event ends the process; a database that restarts must not.
  pool.on('error', onConnectionLost)
  pool.on('connect', (client) => client.on('error', onConnectionLost))

  const clients = new WeakMap<Transaction, pg.PoolClient>()
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
    inTransaction: (work) => againAfterDeadlock(() => inTransaction(pool, clients, work)),
    prisma: new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) }),
    ping: async () => void (await pool.query('select 1')),
    waiting: () => pool.waitingCount,
    close: () => pool.end(),
  }
}

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
  clients: WeakMap<Transaction, pg.PoolClient>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  const client = await begin(pool)
  const tx: Transaction = { opaque: 'transaction' }
  clients.set(tx, client)
  let broken: Error | boolean = false
  try {
    const result = await work(tx)
    await client.query('commit')
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
