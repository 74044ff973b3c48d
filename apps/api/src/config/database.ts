import { required, type Setting, wholeNumber } from './setting.ts'

const readDatabaseUrl = (value: string | undefined): string => {
  if (!/^postgres(ql)?:\/\//.test(required(value))) throw new Error('must begin with postgresql://')
  return required(value)
}

/** PostgreSQL, and who we are there. */
export const databaseSettings = {
  databaseUrl: {
    name: 'DATABASE_URL',
    meaning: 'PostgreSQL, as postgresql://user@host/database. The user is a member of the role fobwatch_runtime.',
    read: readDatabaseUrl,
  } satisfies Setting<string>,
  migrationDatabaseUrl: {
    name: 'MIGRATION_DATABASE_URL',
    meaning: 'PostgreSQL as the owner of the tables, for `fobwatch migrate` alone.',
    unset: 'DATABASE_URL',
    read: (value, env) => readDatabaseUrl(value || env['DATABASE_URL']),
  } satisfies Setting<string>,
  databaseConnections: {
    name: 'DATABASE_CONNECTIONS',
    meaning: 'How many connections one process opens at most.',
    unset: '10',
    read: wholeNumber(2, 500, 10),
  } satisfies Setting<number>,
  databaseStatementSeconds: {
    name: 'DATABASE_STATEMENT_SECONDS',
    meaning: 'How long one statement may take, waiting for others included, before it is given up with 503.',
    unset: '10',
    read: wholeNumber(1, 600, 10),
  } satisfies Setting<number>,
  databaseIdleTransactionSeconds: {
    name: 'DATABASE_IDLE_TRANSACTION_SECONDS',
    meaning: 'How long a transaction may stand still before PostgreSQL ends it and frees what it holds.',
    unset: '30',
    read: wholeNumber(1, 600, 30),
  } satisfies Setting<number>,
} as const
