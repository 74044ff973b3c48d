import { canLeaveRole, isUnavailable, openStore, pendingMigrations } from '@fobwatch/store'
import { readConfig } from '#config'
import { buildApp } from './app.ts'
import { giveBackMemory } from './give-back.ts'
import { createLog } from './log.ts'

/** Says in one sentence why the service could not start. */
const sentenceFor = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'The port is taken by another program. Give another one by PORT.'
  if ('code' in error && error.code === 'EACCES')
    return 'This user may not listen on that port. Give another one by PORT.'
  // Whom the database refuses, and which database it lacks, it says better itself.
  if ('code' in error && /^(28|3D)/.test(String(error.code))) return error.message
  if (isUnavailable(error)) return 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?'
  return error.message
}

const ownerWarning =
  'DATABASE_URL names a superuser or the owner of the tables, who can change the audit log. docs/operators.md shows how to make a user for the service.'

/** What whoever runs the service ought to know of how people are told. */
const mailWarning = ({ mailbox, smtpServer }: ReturnType<typeof readConfig>): string | undefined => {
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

/** Reads the configuration, opens the store, listens, and closes gracefully when told to end. */
const main = async (): Promise<void> => {
  const config = readConfig(process.env)
  await refuseOldTables(config.databaseUrl)
  const log = createLog(config.logLevel)
  const store = openStore({
    url: config.databaseUrl,
    maxConnections: config.databaseConnections,
    patience: {
      statementSeconds: config.databaseStatementSeconds,
      idleTransactionSeconds: config.databaseIdleTransactionSeconds,
    },
    onConnectionLost: (error) => log.warn({ reason: error.message }, 'lost a database connection'),
  })
  if (await canLeaveRole(store)) log.warn(ownerWarning)
  const aboutMail = mailWarning(config)
  if (aboutMail) log.warn(aboutMail)
  const { app, rooms } = await buildApp({ config, store, log })
  const stopJobs = rooms.startJobs()
  const close = async (signal: string) => {
    log.info({ signal }, 'closing')
    await app.close()
    await stopJobs()
    await store.close()
    process.exit(0)
  }
  // Before anybody can see that it listens, and tell it to end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close(signal))
  await app.ready()
  giveBackMemory()
  await app.listen({ host: config.host, port: config.port })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${sentenceFor(error)}\n`)
  process.exit(1)
}
