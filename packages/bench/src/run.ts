import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Contender } from './contenders/index.ts'
import type { Arena, Entered, Say } from './entered.ts'
import { openWire } from './load/wire.ts'
import { type Cores, pinOurselves } from './machine/cores.ts'
import { type DatabaseServer, startDatabaseServer } from './machine/database.ts'
import { launcher } from './machine/launch.ts'
import { rssOf } from './measure/process-tree.ts'
import { readProfiles, tellProfile } from './measure/profile.ts'
import type { Options } from './options.ts'
import { type Figures, figuresOf } from './report/figures.ts'
import { tableOf } from './report/table.ts'
import { measureInRounds } from './rounds.ts'
import type { Scenario } from './scenarios/index.ts'
import { measureStarts } from './starts.ts'

/** Figures by scenario and contender. */
export type Results = Record<string, Record<string, Figures>>

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
  const { name, outside = false } = contender
  const database = await server.create(name)
  const own = join(folder, name)
  await mkdir(own)
  const { profile, people, roles } = options
  const profileFolder = profile && !outside ? resolve(process.env['INIT_CWD'] ?? '', profile, name) : undefined
  if (profileFolder) {
    await rm(profileFolder, { recursive: true, force: true })
    await mkdir(profileFolder, { recursive: true })
  }
  const nodeArgs = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []
  const launch = launcher({ core: cores?.api, nodeArgs })
  let idleMemory = 0
  const running = await contender.start({
    ...{ database, folder: own, people, roles },
    launch: async (launching) => {
      const launched = await launch(launching)
      idleMemory = await rssOf(launched.pid)
      return launched
    },
  })
  if (outside) idleMemory = await rssOf(running.pid)
  const wire = openWire(running.origin, connections)
  return { name, outside, running, database, idleMemory, wire, profileFolder, loaded: [] }
}

const runScenario = async (
  scenario: Scenario,
  entered: readonly Entered[],
  arena: Arena,
): Promise<Record<string, Figures>> => {
  arena.say(`\n${scenario.title}:`)
  const lines = scenario.prepare
    ? await measureInRounds(scenario.prepare, entered, arena)
    : await measureStarts(entered, arena)
  const floor = lines.find(([{ name }]) => name === 'floor')?.[1].turns
  const figures = Object.fromEntries(lines.map(([{ name }, all]) => [name, figuresOf(all, floor)]))
  arena.say(`\n${tableOf(figures)}`)
  return figures
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
