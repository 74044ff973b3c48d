#!/usr/bin/env node
import { refusals } from '@fobwatch/contracts'
import { isUnavailable, migrate, openStore, pendingMigrations, type Store } from '@fobwatch/store'
import { createAccess } from '#access'
import { isRefusal } from '#kernel'
import { openRooms, type Rooms } from './app.ts'
import { type CommandLine, type CommandName, help, readCommandLine } from './command-line.ts'
import { type Config, describeConfig, readConfig } from './config.ts'
import { createLog } from './log.ts'

/** Does what was asked and gives back what to print. */
type Command = (line: CommandLine) => Promise<string>

const withStore = async <T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> => {
  const config = readConfig(process.env)
  const store = openStore({ url: config.databaseUrl, maxConnections: 2 })
  try {
    return await work(store, config)
  } finally {
    await store.close()
  }
}

/** The whole house without its server. It logs nothing: what a command has to say is its answer. */
const withRooms = <T>(work: (rooms: Rooms) => Promise<T>): Promise<T> =>
  withStore(async (store, config) => {
    const pending = await pendingMigrations(config.databaseUrl)
    if (pending.length > 0) throw new Error(`The database lacks ${pending.length} migration(s). Run: fobwatch migrate`)
    return work(await openRooms({ config, store, log: createLog('silent') }))
  })

const staffIdOf = (text: string | undefined): string => {
  if (!text || !/^\d{12}$/.test(text)) throw new Error('A staff id has 12 digits.')
  return text
}

const migrateAll: Command = async () => {
  const applied = await migrate(readConfig(process.env).migrationDatabaseUrl)
  await withStore((store) => store.inTransaction(createAccess({ store, now: () => new Date() }).loadCatalogue))
  return applied.length > 0 ? applied.map((name) => `applied ${name}\n`).join('') : 'There was nothing to apply.\n'
}

const seedDemonstration: Command = async ({ relyingApp, json }) => {
  await migrate(readConfig(process.env).migrationDatabaseUrl)
  return withRooms(async ({ demonstration }) => {
    await demonstration.seedDemonstration(relyingApp)
    const links = await demonstration.reissueLinks()
    const firstManager = await demonstration.firstManager()
    if (json) return `${JSON.stringify({ links, firstManager })}\n`

    const lines = links.map(({ name, job, url }) => `  ${`${name}, ${job}`.padEnd(52)} ${url}\n`)
    const manager =
      firstManager && `fobwatch become-first-manager ${firstManager.staffId} ${firstManager.organisationCode}`
    return [
      'The demonstration is ready. Nobody in it exists.\n',
      lines.length > 0 ? '\nLinks to set up a device, each for one person and once:\n' : '',
      ...lines,
      manager ? `\nTo make ${firstManager.name} the first registration authority manager:\n  ${manager}\n` : '',
    ].join('')
  })
}

const becomeFirstManager: Command = ({ operands: [staffId, organisationCode = ''] }) =>
  withRooms(async ({ registrationAuthority }) => {
    await registrationAuthority.becomeFirstManager(staffIdOf(staffId), organisationCode)
    return `${staffId} is the first registration authority manager, at ${organisationCode} and everything below it.\n`
  })

const invite: Command = ({ operands: [staffId] }) =>
  withRooms(async ({ registrationAuthority }) => {
    const { url, expiresAt } = await registrationAuthority.inviteByCommand(staffIdOf(staffId))
    return `${url}\nIt works once, until ${expiresAt}. Give it to nobody else.\n`
  })

const commands: Record<CommandName | 'help', Command> = {
  migrate: migrateAll,
  'seed-demonstration': seedDemonstration,
  'become-first-manager': becomeFirstManager,
  invite,
  'describe-configuration': async () => describeConfig(),
  help: async () => help(),
}

/** Says in a sentence why nothing came of it. */
const sentenceFor = (error: unknown): string => {
  if (isRefusal(error)) return error.reasons.length > 0 ? error.reasons.join(' ') : refusals[error.code].sentence
  if (isUnavailable(error)) return 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?'
  return error instanceof Error ? error.message : String(error)
}

try {
  const line = readCommandLine(process.argv.slice(2))
  process.stdout.write(await commands[line.command](line))
} catch (error) {
  process.stderr.write(`${sentenceFor(error)}\n`)
  process.exitCode = 1
}
