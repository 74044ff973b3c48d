/**
 * `npm run prove:strangers`: client libraries of other people sign somebody in at a running service: openid-client and
 * oauth4webapi of npm, Authlib of PyPI, which is installed in a temporary folder and needs Python 3, and where Debian's
 * packages can be had, Apache with mod_auth_openidc.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { freePorts } from './stage/ports.ts'
import { type Stage, setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'
import { type Api, serveApi } from './strangers/api.ts'
import { prepareAuthlib } from './strangers/authlib.ts'
import { prepareModAuthOpenidc } from './strangers/mod-auth-openidc.ts'
import { oauth4webapi } from './strangers/oauth4webapi.ts'
import { openidClient } from './strangers/openid-client.ts'
import { receive } from './strangers/receive.ts'
import { makeRegistration } from './strangers/registration.ts'
import { type Outcome, tellProof } from './strangers/tell.ts'
import { type Stranger, ways } from './strangers/visit.ts'

const say = (line: string) => console.log(line)

const undo: (() => Promise<unknown>)[] = []
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}

const receiveAll = async (stage: Stage, api: Api, stranger: Stranger): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const way of stranger.ways ?? ways) {
    const started = Date.now()
    const [port = 0] = await freePorts(1)
    const registration = await makeRegistration(stranger.name, way, `http://localhost:${port}`, api.resource)
    const result = await receive(stage, stranger, registration, api.resource).catch((error: Error) => error)
    const fault = result instanceof Error ? result : undefined
    const seconds = (Date.now() - started) / 1000
    say(`${fault ? '✖' : '✔'} ${stranger.name} ${stranger.version}, ${way} (${seconds.toFixed(1)} s)`)
    if (fault) say(String(fault.stack))
    const calledApi = !(result instanceof Error) && result.calledApi
    outcomes.push({ stranger, way, calledApi, fault: fault?.message.split('\n')[0], seconds })
  }
  return outcomes
}

/** Not every system has Debian's packages; a proof without them says so. */
const absent = (error: unknown): [] => {
  if (!(error instanceof Failure)) throw error
  say(`mod_auth_openidc is left out. ${error.message}`)
  return []
}

const prove = async (): Promise<Outcome[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-strangers-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  // Apache gives up root's rights before it reads its pages.
  await chmod(folder, 0o755)
  say('Fetching Authlib, and Apache with mod_auth_openidc …')
  const authlib = await prepareAuthlib(join(folder, 'authlib'))
  const apache = await prepareModAuthOpenidc(join(folder, 'debian')).then((each) => [each], absent)
  const strangers = [openidClient, oauth4webapi, authlib, ...apache]
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
  return outcomes
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

try {
  const outcomes = await prove()
  const passed = outcomes.every(({ fault }) => fault === undefined)
  const title = "Strangers' clients"
  say(`Written to ${await writeProof({ name: 'strangers', title, body: tellProof(outcomes), passed })}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
} finally {
  await undoAll()
}
