/**
 * `npm start`: the whole service with a fictional demonstration. It supervises the embedded database, the service and
 * the sample ward application, each configured by its environment as in production, and stops all when one ends.
 */
import { join } from 'node:path'
import { LocalPostgresError } from '@fobwatch/local-postgres'
import { buildWeb } from './build-web.ts'
import { Failure } from './failure.ts'
import { keepEnvironment, prepareDataFolder, provideMasterKey } from './starting/data-folder.ts'
import { provideDatabase, relyingAppEnvironment, seed, serviceEnvironment } from './starting/house.ts'
import { checkPorts } from './starting/ports.ts'
import { type Service, startService } from './starting/service.ts'
import { help, readSettings, type Settings } from './starting/settings.ts'
import { describeStart } from './starting/tell.ts'

const say = (line: string) => console.log(line)

/** What runs, in the order of starting; it is stopped from the end. */
const running: { stop: () => Promise<void> }[] = []

const stopAll = async (): Promise<void> => {
  for (let last = running.pop(); last; last = running.pop()) await last.stop()
}

const keep = <T extends { stop: () => Promise<void> }>(started: T): T => {
  running.push(started)
  return started
}

/** Starts everything. What is `lost` resolves when one of it ends by itself. */
const start = async (settings: Settings): Promise<{ lost: Promise<Error> }> => {
  await checkPorts(settings)
  await prepareDataFolder(settings.dataDir)
  const masterKeyFile = await provideMasterKey(settings.dataDir)
  const pages = buildWeb(say)
  pages.catch(() => {})
  const database = keep(await provideDatabase(settings, say))
  const env = serviceEnvironment(settings, database.url, masterKeyFile)
  await keepEnvironment(settings.dataDir, forCommands(settings, env))

  say('Preparing the demonstration …')
  const seeded = await seed(env, settings.relyingAppUrl)
  await pages
  say('Starting the service and the ward application …')
  const services = await startServices(settings, env)
  say(describeStart(settings, seeded))
  return { lost: Promise.race([database, ...services].map(({ lost }) => lost)) }
}

/** A password that the environment gives stays there. */
const forCommands = ({ databaseUrl }: Settings, env: Record<string, string | undefined>): Record<string, string> => {
  const names = ['PORT', 'FOBWATCH_ISSUER', 'FOBWATCH_MASTER_KEY_FILE', ...(databaseUrl ? [] : ['DATABASE_URL'])]
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

const startServices = async (settings: Settings, env: NodeJS.ProcessEnv): Promise<Service[]> => {
  const at = (port: number, path: string) => `http://${reachable(settings.host)}:${port}${path}`
  const logFile = (name: string) => join(settings.dataDir, `${name}.log`)
  const service = startService({
    name: 'The service',
    file: 'apps/api/src/main.ts',
    env,
    healthUrl: at(settings.port, '/health/ready'),
    logFile: logFile('service'),
  })
  const relyingApp = startService({
    name: 'The ward application',
    file: 'apps/relying-app/src/main.ts',
    env: relyingAppEnvironment(settings),
    healthUrl: at(settings.relyingAppPort, '/health/live'),
    logFile: logFile('ward-application'),
  })
  return Promise.all([service.then(keep), relyingApp.then(keep)])
}

/** Where to reach a program that listens on an address. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

const tellFailure = (error: unknown): void => {
  const isSentence = error instanceof Failure || error instanceof LocalPostgresError
  console.error(isSentence ? error.message : error)
}

const end = async (code: number): Promise<never> => {
  await stopAll().catch(tellFailure)
  process.exit(code)
}

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(help)
  process.exit(0)
}

let ending = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // A terminal tells us, and whoever started us tells us again.
    if (ending) return
    ending = true
    say('\nStopping …')
    void end(0)
  })

try {
  const { lost } = await start(readSettings(process.env))
  throw await lost
} catch (error) {
  if (!ending) {
    ending = true
    tellFailure(error)
    await end(1)
  }
}
