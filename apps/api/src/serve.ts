import { flushCompileCache } from 'node:module'
import { canLeaveRole, isUnavailable, openStore, pendingMigrations, wordsAtTheDoor } from '@fobwatch/store'
import type { FastifyBaseLogger } from 'fastify'
import { type Config, readConfig } from '#config'
import { listenForScrapes, openMetrics } from '#metrics'
import { openTracing } from '#tracing'
import { firstProcess, isWorker, workerName } from '#workers'
import { buildApp } from './app.ts'
import { giveBackMemory } from './give-back.ts'
import { createLog } from './log.ts'
import { type HowToStop, stopping } from './stop.ts'
import { version } from './version.ts'

/** Says in one sentence why the service could not start. */
const sentenceFor = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'The port is taken by another program. Give another one by PORT.'
  if ('code' in error && error.code === 'EACCES')
    return 'This user may not listen on that port. Give another one by PORT.'
  const words = wordsAtTheDoor(error)
  if (words) return words
  if (isUnavailable(error)) return 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?'
  return error.message
}

const ownerWarning =
  'DATABASE_URL names a superuser or the owner of the tables, who can change the audit log. docs/operators.md shows how to make a user for the service.'

/** What whoever runs the service ought to know of how people are told. */
const mailWarning = ({ mailbox, smtpServer }: Config): string | undefined => {
  if (mailbox) return 'FOBWATCH_MAILBOX is on: mail is sent to nobody, and anyone can read it at /mailbox.'
  return smtpServer
    ? undefined
    : 'No mail is set up, so nobody is told when their ways to log in change. Give FOBWATCH_SMTP_URL and FOBWATCH_MAIL_FROM.'
}

const refuseOldTables = async (url: string): Promise<void> => {
  const pending = await pendingMigrations(url)
  if (pending.length > 0)
    throw new Error(`The database lacks ${pending.length} migration(s), ${pending.join(', ')}. Run: fobwatch migrate`)
}

const openDatabase = (config: Config, log: FastifyBaseLogger) =>
  openStore({
    url: config.databaseUrl,
    maxConnections: config.databaseConnections,
    patience: {
      statementSeconds: config.databaseStatementSeconds,
      idleTransactionSeconds: config.databaseIdleTransactionSeconds,
    },
    onConnectionLost: (error) => log.warn({ reason: error.message }, 'lost a database connection'),
  })

/** What one of all processes says for all of them. */
const sayOnce = async (config: Config, store: ReturnType<typeof openDatabase>, log: FastifyBaseLogger) => {
  if (await canLeaveRole(store)) log.warn(ownerWarning)
  const aboutMail = mailWarning(config)
  if (aboutMail) log.warn(aboutMail)
  // Each hears of changes on one more.
  const { workers: processes, databaseConnections: each } = config
  log.info(
    { processes, databaseConnections: processes * (each + 1) },
    'how many connections to the database there are at most',
  )
}

/** What a process can be told to do. */
interface Obeyed {
  doErrands: () => void
  stop: (how: HowToStop) => void
  /** What it counted, if anything. */
  counts: (() => Promise<unknown>) | undefined
}

/** Alone, a process does everything and heeds signals; a worker does what it is told, and what the system tells it. */
const heedOrders = (log: FastifyBaseLogger, { doErrands, stop, counts }: Obeyed): void => {
  process.on('SIGTERM', () => stop({ because: 'SIGTERM', drain: true }))
  if (!isWorker) {
    doErrands()
    // Whoever sits at a terminal is no balancer, and does not want to wait for one.
    process.on('SIGINT', () => stop({ because: 'SIGINT', drain: false }))
    process.on('SIGUSR2', () => log.warn('one process cannot be replaced while it serves: FOBWATCH_WORKERS is 1'))
    return
  }
  // A terminal sends these to everybody at once; the first process decides what they mean.
  for (const signal of ['SIGINT', 'SIGUSR2'] as const) process.on(signal, () => {})
  firstProcess.onOrder((said) => {
    if (said.order === 'do-errands') doErrands()
    if (said.order === 'stop') stop({ because: 'stop', drain: said.unhurried })
    if (said.order === 'retire') stop({ because: 'retire', drain: false })
    if (said.order === 'count')
      counts?.().then(
        (counted) => firstProcess.tellCounted(said.question, counted),
        (error: unknown) => log.warn({ err: error }, 'what was counted cannot be told'),
      )
  })
}

const followBy = ({ tracesShare, tracesTrustParent }: Config, endpoint: string, log: FastifyBaseLogger) =>
  openTracing({
    ...{ endpoint, version, share: tracesShare, trustParent: tracesTrustParent },
    onFailure: (error) => log.warn({ err: error }, 'traces were not taken'),
  })

/** Reads the configuration, opens the store, listens, and ends gracefully when told to. */
const begin = async (): Promise<void> => {
  const config = readConfig(process.env)
  await refuseOldTables(config.databaseUrl)
  const name = workerName()
  const log = createLog(config.logLevel, undefined, name)
  const store = openDatabase(config, log)
  if (name === undefined || name === 1) await sayOnce(config, store, log)
  const { metricsPort: port, metricsHost: host } = config
  const metricsAt = port === undefined ? undefined : { host, port }
  const metrics = metricsAt && (await openMetrics())
  const tracing = config.tracesTo ? await followBy(config, config.tracesTo, log) : undefined
  const { app, rooms, traffic } = await buildApp({ config, store, log, metrics, tracing })
  const jobs = rooms.startJobs()
  // Before anybody can see that it listens, and tell it to end.
  const stop = stopping({ config, app, traffic, jobs, store, log, exit: process.exit })
  heedOrders(log, { doErrands: jobs.doErrands, stop, counts: metrics?.counts })
  await app.ready()
  // A process that is killed could not do it later.
  flushCompileCache()
  giveBackMemory()
  // Of several processes the first serves what all of them count.
  if (metrics && metricsAt && !isWorker) await listenForScrapes(metrics, metricsAt)
  await app.listen({ host: config.host, port: config.port })
  firstProcess.tellBegun({ logLevel: config.logLevel, metricsAt })
}

/** Serves until told to end; what keeps it from beginning is said in one sentence, and ends it. */
export const serve = async (): Promise<void> => {
  try {
    await begin()
  } catch (error) {
    process.stderr.write(`${sentenceFor(error)}\n`)
    process.exit(1)
  }
}
