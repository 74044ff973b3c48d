#!/usr/bin/env node
import { refusals } from '@fobwatch/contracts'
import { isUnavailable, migrate, openStore, pendingMigrations, type Store, wordsAtTheDoor } from '@fobwatch/store'
import { createAccess } from '#access'
import { assuranceCommands } from '#assurance'
import { auditCommands, auditVerifyCommands } from '#audit'
import { authenticatorCommands } from '#authenticators'
import { type Command, command, countWords, findCommand, help, readWords } from '#commands'
import { type Config, describeConfig, readConfig } from '#config'
import { explainCommands } from '#explain'
import { isRefusal } from '#kernel'
import { keyCommands } from '#keys'
import { recoveryCommands } from '#recovery'
import {
  accessCommands,
  clientCommands,
  importCommands,
  policyCommands,
  registrationAuthorityCommands,
  requestCommands,
} from '#registration-authority'
import { sessionCommands } from '#sessions'
import { openRooms, type Rooms } from './app.ts'
import { createLog } from './log.ts'

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
    if (pending.length > 0)
      throw new Error(`The database lacks ${countWords(pending.length, 'migration')}. Run: fobwatch migrate`)
    return work(await openRooms({ config, store, log: createLog('silent') }))
  })

/** Commands of a room, each run in a house opened for it. */
const inRoom = <Verbs>(of: (rooms: Rooms) => Verbs, commands: readonly Command<Verbs>[]): Command<undefined>[] =>
  commands.map((each) => ({ ...each, run: (_, given) => withRooms((rooms) => each.run(of(rooms), given)) }))

const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text

const migrateAll = command({
  name: 'migrate',
  operands: [],
  options: {},
  says: 'Apply the migrations that the database lacks, and bring the catalogue of roles up to date.',
  run: async (_: undefined) => {
    const applied = await migrate(readConfig(process.env).migrationDatabaseUrl())
    await withStore((store) => store.inTransaction(createAccess({ store, now: () => new Date() }).loadCatalogue))
    return applied.length > 0 ? applied.map((name) => `applied ${name}\n`).join('') : 'There was nothing to apply.\n'
  },
})

const seedDemonstration = command({
  name: 'seed-demonstration',
  operands: [],
  options: { json: {}, 'relying-app': { value: 'ORIGIN' } },
  says: 'Migrate, add fictional organisations and people, and give each without a device a new link.',
  run: async (_: undefined, { options: { json, 'relying-app': relyingApp = 'http://localhost:3001' } }) => {
    if (!isOrigin(relyingApp)) throw new Error('--relying-app must be an origin, such as http://localhost:3001.')
    await migrate(readConfig(process.env).migrationDatabaseUrl())
    return withRooms(({ demonstration }) => seeded(demonstration, relyingApp, json))
  },
})

const seeded = async (demonstration: Rooms['demonstration'], relyingApp: string, json: boolean): Promise<string> => {
  await demonstration.seedDemonstration(relyingApp)
  const people = await demonstration.reissueLinks()
  const firstManager = await demonstration.firstManager()
  if (json) return `${JSON.stringify({ people, firstManager })}\n`

  const lines = people.map(
    ({ name, job, staffId, url, paused }) =>
      `  ${staffId}  ${`${name}, ${job}`.padEnd(50)}  ${url ?? (paused ? 'has a device, paused' : 'has a device')}\n`,
  )
  const manager =
    firstManager && `fobwatch become-first-manager ${firstManager.staffId} ${firstManager.organisationCode}`
  return [
    'The demonstration is ready. Nobody in it exists.\n',
    '\nIts people, by the number that other commands ask for. A link to set up a device works once:\n',
    ...lines,
    manager ? `\nTo make ${firstManager.name} the first registration authority manager:\n  ${manager}\n` : '',
  ].join('')
}

const describeConfiguration = command({
  name: 'describe-configuration',
  operands: [],
  options: {},
  says: 'Print docs/configuration.md.',
  run: async (_: undefined) => describeConfig(),
})

const commands: readonly Command<undefined>[] = [
  migrateAll,
  seedDemonstration,
  ...inRoom((rooms) => rooms.registrationAuthority, registrationAuthorityCommands),
  ...inRoom((rooms) => rooms.registrationAuthority, requestCommands),
  ...inRoom((rooms) => rooms.registrationAuthority, importCommands),
  ...inRoom((rooms) => rooms.registrationAuthority, policyCommands),
  ...inRoom((rooms) => rooms.registrationAuthority, accessCommands),
  ...inRoom((rooms) => rooms.registrationAuthority, clientCommands),
  ...inRoom((rooms) => rooms.authenticators, authenticatorCommands),
  ...inRoom((rooms) => rooms.assurance, assuranceCommands),
  ...inRoom((rooms) => rooms.keys, keyCommands),
  ...inRoom((rooms) => rooms.sessions, sessionCommands),
  ...inRoom((rooms) => rooms.auditChain, auditCommands),
  ...auditVerifyCommands,
  ...inRoom((rooms) => rooms.recovery, recoveryCommands),
  ...explainCommands,
  describeConfiguration,
]

const noDatabase = 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?'

/** Says in a sentence why nothing came of it. */
const sentenceFor = (error: unknown, unavailable: string): string => {
  if (isRefusal(error)) return error.reasons.length > 0 ? error.reasons.join(' ') : refusals[error.code].sentence
  if (isUnavailable(error)) return wordsAtTheDoor(error) ?? unavailable
  return error instanceof Error ? error.message : String(error)
}

/**
 * Does what the words ask.
 * @param unavailable what to say when the database does not answer
 * @returns how the process is to end
 */
export const answer = async (words: readonly string[], unavailable = noDatabase): Promise<number> => {
  let failureCode = 1
  try {
    const { command: called, rest } = findCommand(commands, words)
    failureCode = called?.failureCode ?? failureCode
    const said = called ? await called.run(undefined, readWords(called, rest)) : help(commands)
    const { out, exitCode } = typeof said === 'string' ? { out: said, exitCode: 0 } : said
    process.stdout.write(out)
    return exitCode
  } catch (error) {
    process.stderr.write(`${sentenceFor(error, unavailable)}\n`)
    return failureCode
  }
}

if (import.meta.main) process.exitCode = await answer(process.argv.slice(2))
