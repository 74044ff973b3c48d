import { readFileSync } from 'node:fs'
import { type Environment, required, type Setting, wholeNumber } from './setting.ts'

const readDatabaseUrl = (value: string | undefined): string => {
  if (!/^postgres(ql)?:\/\//.test(required(value))) throw new Error('must begin with postgresql://')
  return required(value)
}

/** An address with a password in it need not stand in the environment, where whoever looks at the process sees it. */
const orInFile = (value: string | undefined, env: Environment, name: string): string | undefined => {
  const file = env[`${name}_FILE`]
  if (value || !file) return value
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Error(`must be given: ${name}_FILE is ${file}, which cannot be read`, { cause })
  }
}

/** @throws Error that names what is wrong */
const readOwnerUrl = (value: string | undefined, env: Environment): string => {
  try {
    const owner = orInFile(value, env, 'MIGRATION_DATABASE_URL')
    return readDatabaseUrl(owner || orInFile(env['DATABASE_URL'], env, 'DATABASE_URL'))
  } catch (error) {
    throw new Error(`MIGRATION_DATABASE_URL ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

/** PostgreSQL, and who we are there. */
export const databaseSettings = {
  databaseUrl: {
    name: 'DATABASE_URL',
    meaning:
      'PostgreSQL, as postgresql://user@host/database. The user is a member of the role fobwatch_runtime. DATABASE_URL_FILE names a file with it instead.',
    read: (value, env) => readDatabaseUrl(orInFile(value, env, 'DATABASE_URL')),
  } satisfies Setting<string>,
  migrationDatabaseUrl: {
    name: 'MIGRATION_DATABASE_URL',
    meaning:
      'PostgreSQL as the owner of the tables, for `fobwatch migrate` alone. MIGRATION_DATABASE_URL_FILE names a file with it instead.',
    unset: 'DATABASE_URL',
    // Read by those who migrate alone: the service, and whoever runs another command, need not be able to.
    read: (value, env) => () => readOwnerUrl(value, env),
  } satisfies Setting<() => string>,
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
