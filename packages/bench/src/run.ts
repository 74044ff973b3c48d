import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Contender, Running } from './contenders/index.ts'
import { closedLoop } from './load/closed-loop.ts'
import { openLoop } from './load/open-loop.ts'
import { timed } from './load/timing.ts'
import { openWire, type Wire } from './load/wire.ts'
import { type Cores, pinOurselves } from './machine/cores.ts'
import { type Database, type DatabaseServer, startDatabaseServer } from './machine/database.ts'
import { launcher } from './machine/launch.ts'
import { rssOf } from './measure/process-tree.ts'
import { readProfiles, tellProfile } from './measure/profile.ts'
import { countStatements } from './measure/statements.ts'
import { measured, type Used } from './measure/window.ts'
import type { Options } from './options.ts'
import { type Figures, figuresOf, type Measured } from './report/figures.ts'
import { tableOf } from './report/table.ts'
import type { Scenario } from './scenarios/index.ts'
import { median } from './statistics/index.ts'

/** Figures by scenario and contender. */
export type Results = Record<string, Record<string, Figures>>

/** A contender that is up, and what is told of it so far. */
interface Entered {
  name: string
  running: Running
  database: Database
  idleMemory: number
  wire: Wire
  profileFolder: string | undefined
  /** When it was under load, and what it did meanwhile. */
  loaded: (Used & { count: number })[]
}

type Say = (line: string) => void

/** The part of its capacity at which a contender's latencies are told. */
const comfortable = 0.7
const countedDeeds = 20
const connections = 64

/** Runs what was asked for from beginning to end, and leaves nothing behind. */
export const runBench = async (options: Options, say: Say): Promise<Results> => {
  const cores = options.pinned ? await pinOurselves() : undefined
  say(
    cores
      ? `The API has core ${cores.api}; PostgreSQL and the load share core ${cores.rest}.`
      : 'Processes cannot be kept to cores here: figures by the clock mean little.',
  )
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-bench-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const strike = async () => {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void strike().finally(() => process.exit(130)))
  try {
    const server = await startDatabaseServer(join(folder, 'postgres'))
    undo.push(server.stop)
    const entered: Entered[] = []
    for (const contender of options.contenders) {
      say(`Starting ${contender.name}, and enrolling ${options.people} people …`)
      const each = await enter(contender, { server, folder, options, cores })
      undo.push(each.running.stop, each.wire.close)
      entered.push(each)
    }
    const results: Results = {}
    for (const scenario of options.scenarios)
      results[scenario.key] = await runScenario(scenario, entered, { server, options, say })
    await strike()
    await tellProfiles(entered, say)
    return results
  } finally {
    await strike()
  }
}

interface Entering {
  server: DatabaseServer
  folder: string
  options: Options
  cores: Cores | undefined
}

const enter = async (contender: Contender, { server, folder, options, cores }: Entering): Promise<Entered> => {
  const { name } = contender
  const database = await server.create(name)
  const own = join(folder, name)
  await mkdir(own)
  const profileFolder = options.profile && resolve(process.env['INIT_CWD'] ?? '', options.profile, name)
  if (profileFolder) {
    await rm(profileFolder, { recursive: true, force: true })
    await mkdir(profileFolder, { recursive: true })
  }
  const nodeArgs = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []
  const launch = launcher({ core: cores?.api, nodeArgs })
  const { people, roles } = options
  let idleMemory = 0
  const running = await contender.start({
    ...{ database, folder: own, people, roles },
    launch: async (launching) => {
      const launched = await launch(launching)
      idleMemory = await rssOf(launched.pid)
      return launched
    },
  })
  const wire = openWire(running.origin, connections)
  return { name, running, database, idleMemory, wire, profileFolder, loaded: [] }
}

interface Arena {
  server: DatabaseServer
  options: Options
  say: Say
}

const runScenario = async (
  scenario: Scenario,
  entered: readonly Entered[],
  { server, options, say }: Arena,
): Promise<Record<string, Figures>> => {
  say(`\n${scenario.title}:`)
  const lines: [each: Entered, deed: (wire: Wire) => Promise<void>, measured: Measured][] = []
  for (const each of entered) {
    const deed = await scenario.prepare(each.running, each.wire)
    if (!deed) continue
    const asked = await countStatements(
      await server.create('postgres'),
      each.database,
      () => deed(each.wire),
      countedDeeds,
    )
    if (options.statements) tellStatements(each.name, asked.each, say)
    await closedLoop(() => deed(each.wire), options.lanes, options.warmUpSeconds)
    lines.push([each, deed, { turns: [], paced: [], asked, idleMemory: each.idleMemory }])
  }
  for (let round = 1; round <= options.rounds; round += 1)
    for (const [each, deed, { turns }] of lines) {
      await each.database.run('checkpoint')
      const { got, used } = await measured({ pid: each.running.pid, databasePid: server.pid }, () =>
        closedLoop(() => deed(each.wire), options.lanes, options.seconds),
      )
      turns.push({ ...got, ...used })
      each.loaded.push({ ...used, count: got.count })
      const cost = `${(used.cpuMs / got.count).toFixed(2)} + ${(used.databaseCpuMs / got.count).toFixed(2)} ms`
      say(`  round ${round}, ${each.name}: ${(got.count / got.seconds).toFixed(0)} a second, ${cost}`)
    }
  for (const [each, deed, { turns, paced }] of lines) {
    const capacity = median(turns.map(({ count, seconds }) => count / seconds))
    const timedDeed = async () => {
      let slowest = 0
      const note = (ms: number) => {
        slowest = Math.max(slowest, ms)
      }
      await deed(timed(each.wire, note))
      return slowest
    }
    paced.push(...(await openLoop(timedDeed, comfortable * capacity, options.seconds * Math.min(options.rounds, 3))))
  }
  const floor = lines.find(([{ name }]) => name === 'floor')?.[2].turns
  const figures = Object.fromEntries(lines.map(([{ name }, , all]) => [name, figuresOf(all, floor)]))
  say(`\n${tableOf(figures)}`)
  return figures
}

const tellStatements = (name: string, each: readonly { text: string; calls: number; ms: number }[], say: Say) => {
  say(`  ${name} asks the database:`)
  for (const { text, calls, ms } of each)
    say(`    ${calls.toFixed(2)} ×, ${ms.toFixed(3)} ms: ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
}

/** Profiles are written when a process ends. */
const tellProfiles = async (entered: readonly Entered[], say: Say) => {
  for (const { name, profileFolder, loaded } of entered) {
    if (!profileFolder) continue
    const deeds = loaded.reduce((sum, { count }) => sum + count, 0)
    const shares = await readProfiles(profileFolder, loaded)
    say(`\nWhere ${name} spent its time, for each deed (profiles in ${profileFolder}):\n${tellProfile(shares, deeds)}`)
  }
}
