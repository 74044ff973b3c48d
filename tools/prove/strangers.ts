/**
 * `npm run prove:strangers`: client libraries of other people sign somebody in at a running service: those of npm that
 * are installed with the project, and others that are fetched into a temporary folder with the tools of their languages.
 * What this machine has no tools for is left out, and the page says so. `-- --only NAME` tries those whose names have
 * NAME in them, and writes no page.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from '../failure.ts'
import { freePorts } from './stage/ports.ts'
import { type Stage, setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'
import { type Api, serveApi } from './strangers/api.ts'
import { prepareAuthlib } from './strangers/authlib.ts'
import { openidClientByFapi } from './strangers/fapi.ts'
import { prepareModAuthOpenidc } from './strangers/mod-auth-openidc.ts'
import { prepareNodeApplications } from './strangers/node-applications.ts'
import { prepareOauth2Proxy } from './strangers/oauth2-proxy.ts'
import { oauth4webapi } from './strangers/oauth4webapi.ts'
import { openidClient } from './strangers/openid-client.ts'
import { receive } from './strangers/receive.ts'
import { makeRegistration } from './strangers/registration.ts'
import { prepareSpring } from './strangers/spring.ts'
import { type Outcome, tellProof } from './strangers/tell.ts'
import { type Stranger, ways } from './strangers/visit.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })

/** Those who are fetched, by what they are called together. */
const fetched: Record<string, (folder: string) => Promise<Stranger[]>> = {
  Authlib: prepareAuthlib,
  'express-openid-connect, Auth.js and Passport': prepareNodeApplications,
  'Spring Security': prepareSpring,
  'oauth2-proxy': prepareOauth2Proxy,
  mod_auth_openidc: async (folder) => [await prepareModAuthOpenidc(folder)],
}

const say = (line: string) => console.log(line)

const undo: (() => Promise<unknown>)[] = []
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}

const isWanted = (name: string) => name.toLowerCase().includes((values.only ?? '').toLowerCase())

const fetchAll = async (folder: string): Promise<{ strangers: Stranger[]; absent: string[] }> => {
  const strangers = [openidClient, openidClientByFapi, oauth4webapi]
  const absent: string[] = []
  for (const [names, prepare] of Object.entries(fetched)) {
    if (!isWanted(names)) continue
    say(`Fetching ${names} …`)
    const place = join(folder, names.replaceAll(/\W+/g, '-'))
    const prepared = await prepare(place).catch((error: unknown) => {
      if (error instanceof Failure) return error
      throw error
    })
    if (prepared instanceof Failure) absent.push(`${names}: ${prepared.message}`)
    else strangers.push(...prepared)
  }
  for (const why of absent) say(`Left out: ${why}`)
  return { strangers: strangers.filter(({ name }) => isWanted(name)), absent }
}

const receiveAll = async (stage: Stage, api: Api, stranger: Stranger): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const way of stranger.ways ?? ways) {
    const started = Date.now()
    const [port = 0] = await freePorts(1)
    const { origin = `http://localhost:${port}` } = stranger
    const registration = await makeRegistration(stranger, way, origin, api.resource)
    const result = await receive(stage, stranger, registration, api.resource).catch((error: Error) => error)
    const fault = result instanceof Error ? result : undefined
    const seconds = (Date.now() - started) / 1000
    say(`${fault ? '✖' : '✔'} ${stranger.name} ${stranger.version}, ${way} (${seconds.toFixed(1)} s)`)
    if (fault) say(String(fault.stack))
    const done = result instanceof Error ? { calledApi: false, isTold: false } : result
    outcomes.push({ stranger, way, ...done, fault: fault?.message.split('\n')[0], seconds })
  }
  return outcomes
}

const prove = async (): Promise<{ outcomes: Outcome[]; absent: string[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-strangers-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  // Apache gives up root's rights before it reads its pages.
  await chmod(folder, 0o755)
  const { strangers, absent } = await fetchAll(folder)
  say('Starting the service …')
  const stage = await setStage({ instances: 1 })
  undo.push(stage.strike)
  const [port = 0] = await freePorts(1)
  const api = await serveApi(stage.issuer, port)
  undo.push(api.close)

  const outcomes: Outcome[] = []
  for (const stranger of strangers) outcomes.push(...(await receiveAll(stage, api, stranger)))
  const warnings = await stage.logs()
  if (warnings) say(`The service warned:\n${warnings}`)
  return { outcomes, absent }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

try {
  const { outcomes, absent } = await prove()
  const passed = outcomes.length > 0 && outcomes.every(({ fault }) => fault === undefined)
  const page = { name: 'strangers', title: "Strangers' clients", body: tellProof(outcomes, absent), passed }
  if (values.only === undefined) say(`Written to ${await writeProof(page)}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
} finally {
  await undoAll()
}
