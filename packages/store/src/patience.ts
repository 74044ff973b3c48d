import type { Socket } from 'node:net'
import type pg from 'pg'
import type { PoolConfig } from 'pg'
import { silenceWords } from './errors.ts'

/** How long things may take at the database. */
export interface Patience {
  /** One statement, waiting for locks included. Seconds. */
  statementSeconds: number
  /** A transaction in which nothing is asked, before its locks are taken from it. Seconds. */
  idleTransactionSeconds: number
}

/** How long it may take to be connected, and to get a connection of the pool. Milliseconds. */
const toConnect = 5_000

/** By how much PostgreSQL may be late to say that a statement took too long, before we take the connection for dead. */
const grace = 2_000

/** When a side that hears nothing begins to ask whether the other is still there. Seconds; then one each few seconds. */
const keepaliveSeconds = 10

// PostgreSQL, §19.3.2: it notices a service that vanished, and lets go of its locks.
const keepalives = [
  `-c tcp_keepalives_idle=${keepaliveSeconds}`,
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=3',
]

/**
 * How a connection is made, and what ends it at the other side: PostgreSQL cancels a statement that takes too long. What does
 * at ours, is `endSilent`.
 */
export const connectionOptions = (patience?: Patience): PoolConfig => {
  const role = ['-c TimeZone=UTC', '-c role=fobwatch_runtime', ...keepalives]
  const common: PoolConfig = {
    connectionTimeoutMillis: toConnect,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepaliveSeconds * 1000,
  }
  if (!patience) return { ...common, options: role.join(' ') }
  const statement = patience.statementSeconds * 1000
  const limits = [
    `-c statement_timeout=${statement}`,
    `-c idle_in_transaction_session_timeout=${patience.idleTransactionSeconds * 1000}`,
  ]
  return { ...common, options: [...role, ...limits].join(' ') }
}

/** What is used of pg's client; its types leave it out: whether every question was answered. */
interface Asked {
  readyForQuery: boolean
}

/**
 * Ends a connection along which somebody waits for an answer and nothing was heard for longer than a statement may take: it was
 * cut in silence, and whoever waits there is told so. A transaction may stand still. It is one timer for each connection, which
 * each answer sets back; pg's own `query_timeout` is one for each query, which V8 keeps, with all that was asked and answered,
 * until it collects everything.
 */
export const endSilent = (pool: pg.Pool, { statementSeconds }: Patience): void => {
  pool.on('connect', (client) => {
    const stream = client.connection.stream as Socket
    stream.setTimeout(statementSeconds * 1000 + grace)
    stream.on('timeout', () => {
      // Whatever is asked from now on sets its time anew.
      if ((client as pg.PoolClient & Asked).readyForQuery) return
      const before = stream.bytesRead
      // Where it was this process that stood still, the answer has long been there, and is read first.
      setImmediate(() => {
        if (stream.bytesRead === before) stream.destroy(new Error(silenceWords))
      })
    })
  })
}
