import type { Arena, Entered, Lines, Say } from './entered.ts'
import { closedLoop, doTimes, type Ran } from './load/closed-loop.ts'
import { openLoop } from './load/open-loop.ts'
import { timed } from './load/timing.ts'
import { countStatements } from './measure/statements.ts'
import { measured } from './measure/window.ts'
import type { Options } from './options.ts'
import type { Measured, Turn } from './report/figures.ts'
import type { Prepared, Scenario } from './scenarios/index.ts'
import { median } from './statistics/index.ts'

/** The part of its capacity at which a contender's latencies are told. */
const comfortable = 0.7
const countedDeeds = 20
/** Of how many of the last turns a rate is the median. */
const last = 3
/** How much more is made ready than the last turn would have used up. */
const ample = 1.5

interface Ready {
  each: Entered
  prepared: Prepared
  /** Deeds a second, when it last had its turn. */
  rate: number
  measured: Measured
}

/** Lets contenders do a scenario as fast as they can, turn and turn about, and then so again, each at a rate that suits it. */
export const measureInRounds = async (
  prepare: NonNullable<Scenario['prepare']>,
  entered: readonly Entered[],
  { server, options, say }: Arena,
): Promise<Lines> => {
  const { rounds, pacedSeconds } = options
  const ready: Ready[] = []
  for (const each of entered) {
    const prepared = await prepare(each.running, each.wire)
    if (!prepared) continue
    const deed = () => prepared.deed(each.wire)
    const rate = await warmUp({ each, prepared }, options)
    await prepared.stock?.(countedDeeds + 1)
    const asked = each.outside
      ? undefined
      : await countStatements(await server.create('postgres'), each.database, deed, countedDeeds)
    if (options.statements && asked) tellStatements(each.name, asked.each, say)
    const one = { each, prepared, rate, measured: { turns: [], paced: [], asked, idleMemory: each.idleMemory } }
    ready.push(one)
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of ready) {
      const turn = await takeTurn(one, { server, options, say })
      say(`  round ${round}, ${one.each.name}: ${tell(turn)}`)
    }
    for (const one of ready) await takePacedTurn(one, pacedSeconds)
  }
  return ready.map(({ each, measured }) => [each, measured])
}

/**
 * Does deeds until code is compiled, tables have rows and connections have plans for tables as they are then. PostgreSQL
 * makes plans anew once it has analyzed a table that grew; on its own it gets to that some time within a minute, which
 * would be in the middle of somebody's turn.
 * @returns deeds a second
 */
const warmUp = async (
  { each, prepared: { deed, stock } }: Pick<Ready, 'each' | 'prepared'>,
  { lanes, warmUpDeeds }: Pick<Options, 'lanes' | 'warmUpDeeds'>,
): Promise<number> => {
  const half = Math.ceil(warmUpDeeds / 2)
  await stock?.(2 * half)
  const began = performance.now()
  await doTimes(() => deed(each.wire), lanes, half)
  const seconds = (performance.now() - began) / 1000
  await each.database.run('analyze')
  await doTimes(() => deed(each.wire), lanes, half)
  return rateOf({ count: half, seconds })
}

const takeTurn = async (one: Ready, { server, options: { lanes, seconds } }: Arena): Promise<Turn> => {
  const { each, prepared } = one
  const most = await stocked(one, seconds)
  await each.database.run('checkpoint')
  const { pid, databasePid = server.pid } = each.running
  const { got, used } = await measured({ pid, databasePid }, () =>
    closedLoop(() => prepared.deed(each.wire), lanes, seconds, most),
  )
  const turn = { ...got, ...used }
  one.rate = rateOf(got)
  one.measured.turns.push(turn)
  each.loaded.push({ ...used, count: got.count })
  return turn
}

/**
 * Begins deeds at the rate at which its latencies are told: a part of what was just done, for on a machine that is shared it may be
 * half as much some minutes later. A stall of such a machine spoils the turn in which it falls, so that many short ones tell more
 * than a few long ones.
 */
const takePacedTurn = async (one: Ready, seconds: number): Promise<void> => {
  const { each, prepared, measured } = one
  await stocked(one, seconds)
  await each.database.run('checkpoint')
  const deed = async () => {
    let slowest = 0
    const note = (ms: number) => {
      slowest = Math.max(slowest, ms)
    }
    await prepared.deed(timed(each.wire, note))
    return slowest
  }
  measured.paced.push(await openLoop(deed, comfortable * median(measured.turns.slice(-last).map(rateOf)), seconds))
}

/** Makes ready what deeds will use up. @returns how many deeds there is enough for, where they use something up */
const stocked = async ({ prepared: { stock }, rate }: Ready, seconds: number): Promise<number | undefined> => {
  if (!stock) return undefined
  const deeds = Math.ceil(ample * rate * seconds)
  await stock(deeds)
  return deeds
}

const rateOf = ({ count, seconds }: Ran): number => count / seconds

const tell = ({ count, seconds, cpuMs, databaseCpuMs }: Turn) =>
  `${(count / seconds).toFixed(0)} a second, ${(cpuMs / count).toFixed(2)} + ${(databaseCpuMs / count).toFixed(2)} ms`

const tellStatements = (name: string, each: readonly { text: string; calls: number; ms: number }[], say: Say) => {
  say(`  ${name} asks the database:`)
  for (const { text, calls, ms } of each)
    say(`    ${calls.toFixed(2)} ×, ${ms.toFixed(3)} ms: ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}`)
}
