/**
 * `npm run prove:verifiers`: libraries of other people, in five languages, verify our tokens, and are shown forged ones.
 * It installs them in a temporary folder, with the tools of each language; a language whose tools are not here is left
 * out, and the page says so. `-- --only NAME` tries those languages whose names have NAME in them, and writes no page.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from '../failure.ts'
import { setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'
import { fastapi } from './verifiers/apis/fastapi.ts'
import { spring } from './verifiers/apis/spring.ts'
import { ask } from './verifiers/ask.ts'
import { atHand } from './verifiers/at-hand.ts'
import type { Task, Verdict } from './verifiers/cases.ts'
import { gatherGenuine } from './verifiers/genuine.ts'
import { takenWrongly } from './verifiers/judge.ts'
import { go } from './verifiers/languages/go.ts'
import { java } from './verifiers/languages/java.ts'
import { javascript } from './verifiers/languages/javascript.ts'
import type { Prepare, Program } from './verifiers/languages/program.ts'
import { python } from './verifiers/languages/python.ts'
import { rust } from './verifiers/languages/rust.ts'
import { type Findings, tellProof } from './verifiers/tell.ts'
import { serveTwin } from './verifiers/twin.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })

/** By the folder that each is made ready in. */
const languages: Record<string, Prepare> = {
  javascript,
  python,
  go,
  java,
  rust,
  'api-on-fastapi': fastapi,
  'api-on-spring': spring,
}
const fewest = values.only === undefined ? { libraries: 8, languages: 3 } : { libraries: 1, languages: 1 }

const isWanted = (name: string) => name.includes(values.only ?? '')

const say = (line: string) => console.log(line)

const undo: (() => Promise<unknown>)[] = []
const undoAll = async () => {
  for (let last = undo.pop(); last; last = undo.pop()) await last()
}

const prepareAll = async (folder: string): Promise<{ programs: Program[]; absent: string[] }> => {
  const programs: Program[] = []
  const absent: string[] = []
  for (const [name, prepare] of Object.entries(languages)) {
    if (!isWanted(name)) continue
    say(`Fetching: ${name} …`)
    const prepared = await prepare(join(folder, name)).catch((error: unknown) => {
      if (error instanceof Failure) return error
      throw error
    })
    if (prepared instanceof Failure) absent.push(prepared.message)
    else programs.push(prepared)
  }
  for (const why of absent) say(`Left out: ${why}`)
  return { programs, absent }
}

const showAll = async (programs: readonly Program[], task: Task): Promise<Verdict[]> => {
  const verdicts: Verdict[] = []
  for (const library of atHand) verdicts.push(...(await ask(library, task)))
  for (const program of programs) verdicts.push(...(await program.show(task)))
  return verdicts
}

const prove = async (): Promise<Findings> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-verifiers-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  const { programs, absent } = await prepareAll(folder)
  say('Starting the service …')
  const stage = await setStage({ instances: 1 })
  undo.push(stage.strike)
  const { tasks, sample } = await gatherGenuine(stage)
  const genuine: Findings['genuine'] = []
  for (const task of tasks) genuine.push({ task, verdicts: await showAll(programs, task) })

  say('Showing the forged tokens …')
  const listening = await serveTwin(sample)
  undo.push(listening.close)
  const { task } = listening
  const twin = { task, verdicts: await showAll(programs, task), visits: listening.visits() }
  return { twin, genuine, absent, faults: faultsOf(twin, genuine) }
}

const faultsOf = (twin: Findings['twin'], genuine: Findings['genuine']): string[] => {
  const libraries = new Set(twin.verdicts.map(({ library }) => library)).size
  const spoken = new Set(twin.verdicts.map(({ language }) => language)).size
  return [
    ...[twin, ...genuine].flatMap(({ task, verdicts }) => takenWrongly(task, verdicts, 'advised')),
    ...(twin.visits > 0 ? ['Somebody went where a token said that its key was.'] : []),
    ...(libraries < fewest.libraries || spoken < fewest.languages ? ['Too few libraries could be had.'] : []),
  ]
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void undoAll().finally(() => process.exit(130)))

try {
  const findings = await prove()
  const passed = findings.faults.length === 0
  for (const fault of findings.faults) say(`✖ ${fault}`)
  const title = 'Other verifiers'
  const page = { name: 'verifiers', title, body: tellProof(findings), passed }
  if (values.only === undefined) say(`Written to ${await writeProof(page)}.`)
  say(passed ? 'It holds.' : 'It does not hold.')
  process.exitCode = passed ? 0 : 1
} catch (error) {
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
} finally {
  await undoAll()
}
