/**
 * `npm run prove:conformance`: the OpenID Foundation's conformance suite itself holds the service against the plans of
 * OpenID Connect and of FAPI 2.0. `CONFORMANCE_SUITE` names the suite, built (`fapi-test-suite.jar`), and
 * `CONFORMANCE_MONGODB` a MongoDB, or something that speaks as one; `JAVA_HOME` may name a Java of 21 or newer. Words
 * after `--` choose plans and tests whose names hold one of them, and then nothing is written.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeb } from '../build-web.ts'
import { Failure } from '../failure.ts'
import { makeCertificate } from './conformance/certificate.ts'
import { keepPictures } from './conformance/keep-pictures.ts'
import { isFine } from './conformance/known.ts'
import { letIn, openBrowser, type Person } from './conformance/person.ts'
import { makePlans, type Plan } from './conformance/plans.ts'
import { type Outcome, runModule } from './conformance/run-module.ts'
import { type Suite, suiteApi } from './conformance/suite-api.ts'
import { startSuite } from './conformance/suite-process.ts'
import { type PlanOutcome, type SuiteVersion, tellProof } from './conformance/tell.ts'
import { openTlsFront } from './conformance/tls-front.ts'
import { freePorts } from './stage/ports.ts'
import { type Stage, setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'

const say = (line: string) => console.log(line)
const chosen = process.argv.slice(2)

const undo: (() => Promise<unknown>)[] = []
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}

const settings = () => {
  const { CONFORMANCE_SUITE: jar, CONFORMANCE_MONGODB: mongodb, JAVA_HOME } = process.env
  if (!jar) throw new Failure('Set CONFORMANCE_SUITE to the fapi-test-suite.jar of the conformance suite.')
  if (!mongodb) throw new Failure('Set CONFORMANCE_MONGODB to an address such as mongodb://127.0.0.1:27017/test_suite.')
  return { jar, mongodb, java: JAVA_HOME ? join(JAVA_HOME, 'bin/java') : 'java' }
}

interface Ready {
  issuer: string
  suiteUrl: string
  suite: Suite
  stage: Stage
  person: Person
}

/** Starts the suite, the service and the browser, and sets up the person's device. */
const prepare = async (): Promise<Ready> => {
  const setting = settings()
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-conformance-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  await buildWeb(say)
  const certificate = await makeCertificate(folder)
  const [suitePort = 0, suiteTls = 0, servicePort = 0, serviceTls = 0] = await freePorts(4)
  const issuer = `https://localhost:${serviceTls}`
  const suiteUrl = `https://localhost:${suiteTls}`

  say('Starting the conformance suite …')
  undo.push(await startSuite({ ...setting, port: suitePort, baseUrl: suiteUrl, folder }))
  undo.push(await openTlsFront(certificate, suiteTls, suitePort))

  say('Starting the service …')
  const front = { issuer, port: servicePort }
  // It tells the suite's applications of logouts, by TLS.
  const environment = { NODE_EXTRA_CA_CERTS: certificate.file }
  const stage = await setStage({ instances: 1, front, environment })
  undo.push(stage.strike)
  undo.push(await openTlsFront(certificate, serviceTls, servicePort))

  const browser = await openBrowser(say, certificate.spki)
  undo.push(() => browser.close())
  const person = await letIn(browser, issuer)
  const { id } = await stage.house.addPerson('Connie', 'Fiction')
  await person.setUp(`${issuer}/enrol#${await stage.house.invite(id)}`)
  return { issuer, suiteUrl, suite: suiteApi(suitePort), stage, person }
}

const isChosen = (plan: string, module: string): boolean =>
  chosen.length === 0 || chosen.some((word) => plan.includes(word) || module.includes(word))

/** Registers a plan's applications and runs its tests, one after the other. */
const runPlan = async ({ suite, stage, person }: Ready, plan: Plan): Promise<PlanOutcome> => {
  for (const client of plan.clients) await stage.house.registerClient(client)
  const { id, modules } = await suite.createPlan(plan.name, plan.variant, plan.config)
  const wanted = modules.filter(({ testModule }) => isChosen(plan.name, testModule))
  say(`${plan.name}: ${wanted.length} of ${modules.length} tests`)
  const outcomes: Outcome[] = []
  for (const module of wanted) {
    const outcome = await runModule({ suite, person }, id, module)
    outcomes.push(outcome)
    const { result, complaints, seconds } = outcome
    say(`${isFine(outcome) ? '✔' : '✖'} ${result} ${outcome.module} (${seconds.toFixed(1)} s)`)
    for (const { condition, message } of complaints) say(`    ${condition}: ${message}`)
  }
  return { plan: plan.name, variant: plan.variant, outcomes }
}

const prove = async (): Promise<{ plans: PlanOutcome[]; version: SuiteVersion }> => {
  const ready = await prepare()
  const plans: PlanOutcome[] = []
  for (const plan of await makePlans({ issuer: ready.issuer, suite: ready.suiteUrl }))
    plans.push(await runPlan(ready, plan))
  const warnings = await ready.stage.logs()
  if (warnings) say(`The service warned:\n${warnings}`)
  return { plans, version: await ready.suite.version() }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

try {
  const { plans, version } = await prove()
  await keepPictures(plans.flatMap(({ outcomes }) => outcomes))
  const passed = plans.every(({ outcomes }) => outcomes.every(isFine))
  if (chosen.length === 0) {
    const page = { name: 'conformance', title: 'Conformance', body: tellProof(plans, version), passed }
    say(`Written to ${await writeProof(page)}.`)
  }
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
} finally {
  await undoAll()
}
