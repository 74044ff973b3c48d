import type { Took } from '../load/open-loop.ts'
import type { Asked } from '../measure/statements.ts'
import { median, percentile, type Spread, spreadOf } from '../statistics/index.ts'

/** One turn of one contender, as fast as it could. */
export interface Turn {
  count: number
  seconds: number
  cpuMs: number
  databaseCpuMs: number
  mostMemory: number
  busy: number[]
}

/** All that was measured of one contender in one scenario. */
export interface Measured {
  turns: Turn[]
  /** At 70 % of what it did when it did as much as it could, by turns. */
  paced: Took[][]
  asked: Asked | undefined
  idleMemory: number
}

interface Latency {
  p50Ms: number
  p95Ms: number
  p99Ms: number
}

/** What is reported of one contender in one scenario: medians of its turns. */
export interface Figures extends Latency {
  /** What one core of the API could do: 1000 / cpuMs. */
  perSecondPerCore: number
  cpuMs: number
  databaseCpuMs: number
  /** API and database together, over the floor's in the same round; none where the floor does not do this. */
  ratioToFloor: number | undefined
  /** By the clock, with the load generator and PostgreSQL on the other core. */
  perSecond: number
  /** The same latencies of whole deeds; those above are of the slowest request of each. */
  whole: Latency
  spread: { cpuMs: Spread; databaseCpuMs: Spread; ratioToFloor: Spread | undefined; p99Ms: Spread }
  statements: number | undefined
  commits: number | undefined
  memory: { idleMb: number; loadedMb: number }
  /** How busy the cores were, 0 to 1, and which of them held the rest up. */
  busy: { api: number; rest: number }
  saturated: 'api' | 'rest' | 'neither'
}

const mebibyte = 2 ** 20
const full = 0.9

const at = (turns: readonly number[][], share: number): Spread => spreadOf(turns.map((turn) => percentile(turn, share)))

const latency = (turns: readonly number[][]): Latency => ({
  p50Ms: at(turns, 0.5).median,
  p95Ms: at(turns, 0.95).median,
  p99Ms: at(turns, 0.99).median,
})

const costOf = ({ cpuMs, databaseCpuMs, count }: Turn) => (cpuMs + databaseCpuMs) / count

/** @param floor its turns in the same rounds */
export const figuresOf = ({ turns, paced, asked, idleMemory }: Measured, floor: readonly Turn[] = []): Figures => {
  const cpuMs = spreadOf(turns.map((turn) => turn.cpuMs / turn.count))
  const databaseCpuMs = spreadOf(turns.map((turn) => turn.databaseCpuMs / turn.count))
  const ratios = turns.flatMap((turn, round) => {
    const beside = floor[round]
    return beside ? [costOf(turn) / costOf(beside)] : []
  })
  const ratioToFloor = ratios.length > 0 ? spreadOf(ratios) : undefined
  const slowest = paced.map((turn) => turn.map((took) => took.slowest))
  const [api, rest] = [0, 1].map((core) => median(turns.map(({ busy }) => busy[core] ?? 0))) as [number, number]
  return {
    perSecondPerCore: 1000 / cpuMs.median,
    cpuMs: cpuMs.median,
    databaseCpuMs: databaseCpuMs.median,
    ...latency(slowest),
    ratioToFloor: ratioToFloor?.median,
    perSecond: median(turns.map(({ count, seconds }) => count / seconds)),
    whole: latency(paced.map((turn) => turn.map(({ whole }) => whole))),
    spread: { cpuMs, databaseCpuMs, ratioToFloor, p99Ms: at(slowest, 0.99) },
    statements: asked?.statements,
    commits: asked?.commits,
    memory: {
      idleMb: idleMemory / mebibyte,
      loadedMb: Math.max(...turns.map(({ mostMemory }) => mostMemory)) / mebibyte,
    },
    busy: { api, rest },
    saturated: Math.max(api, rest) < full ? 'neither' : api >= rest ? 'api' : 'rest',
  }
}
