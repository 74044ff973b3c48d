import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { refusals } from '@fobwatch/contracts'
import fc from 'fast-check'
import { adding } from './adding.ts'
import { provingAgain, signingIn } from './asserting.ts'
import { cases, untouched } from './case.ts'
import type { Door, Visitor } from './door.ts'
import { enrolling } from './enrolling.ts'
import { type Answer, errorIn, type InProcess, stored } from './service.ts'
import { growthOf, inMebibytes, type Memory } from './steady.ts'

/** Who asks at which door: all of them at once, each one case after the other. */
const visits: readonly Door[] = [
  ...[enrolling, enrolling, enrolling, enrolling, adding],
  ...[signingIn, signingIn, signingIn, signingIn, provingAgain],
]

export interface Setting {
  /** How many cases. */
  count: number
  seed: number
  say: (line: string) => void
}

/** What came of the cases at one door. */
export interface Tally {
  door: Door
  cases: number
  accepted: number
  controls: number
  /** How often each refusal was heard. */
  refusals: Map<string, number>
}

export interface Figures {
  seed: number
  tallies: Tally[]
  memory: Memory[]
  seconds: number
  /** Everything that went otherwise than it must. */
  faults: string[]
}

/** How many cases somebody tries between one control and the next. */
const betweenControls = 250
const samples = 20

/** Tries so many cases at every door. */
export const fuzz = async (service: InProcess, { count, seed, say }: Setting): Promise<Figures> => {
  const tallies = new Map([...new Set(visits)].map((door) => [door, nothingYet(door)]))
  const figures: Figures = { seed, tallies: [...tallies.values()], memory: [], seconds: 0, faults: [] }
  const before = await stored(service)
  const visitors = await Promise.all(visits.map((door) => door.enter(service)))
  const started = Date.now()
  const each = Math.ceil(count / visits.length)
  const rounds = Math.min(samples, Math.ceil(each / betweenControls))
  for (let round = 0; round < rounds && figures.faults.length === 0; round += 1) {
    const [from, to] = [Math.round((each * round) / rounds), Math.round((each * (round + 1)) / rounds)]
    await Promise.all(
      visits.map((door, at) => {
        const [visitor, tally] = [visitors[at], tallies.get(door)]
        return (
          visitor && tally && visit(visitor, tally, figures, seed * 1_000_000 + at * 100_000 + round * 1_000, to - from)
        )
      }),
    )
    figures.seconds = (Date.now() - started) / 1000
    figures.memory.push(await measure(figures))
    say(lineOf(figures))
  }
  figures.faults.push(...(await wronglyStored(service, before, figures, visitors)))
  figures.faults.push(...[growthOf(figures.memory) ?? []].flat())
  return figures
}

const nothingYet = (door: Door): Tally => ({ door, cases: 0, accepted: 0, controls: 0, refusals: new Map() })

/** One visitor's cases of one round, a control after each few. */
const visit = async (visitor: Visitor, tally: Tally, figures: Figures, seed: number, count: number): Promise<void> => {
  const property = fc.asyncProperty(cases, async (tried) => {
    const answer = await visitor.attempt(tried)
    tally.cases += 1
    const fault = faultOf(answer, tally.door)
    if (fault) throw new Error(fault)
    if (answer.status === tally.door.success) tally.accepted += 1
    else addOne(tally.refusals, errorIn(answer) ?? '')
  })
  for (let left = count, chunk = 0; left > 0 && figures.faults.length === 0; left -= betweenControls, chunk += 1) {
    const numRuns = Math.min(left, betweenControls)
    const checked = await fc.check(property, { seed: seed + chunk, numRuns, endOnFailure: true })
    if (checked.failed) figures.faults.push(`${tally.door.name}: ${await fc.asyncDefaultReportMessage(checked)}`)
    const control = await visitor.attempt(untouched)
    tally.controls += 1
    if (control.status !== tally.door.success)
      figures.faults.push(`${tally.door.name}: a control was answered ${control.status} ${control.body}`)
  }
}

const addOne = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1)

const listed: Record<string, { status: number }> = refusals

/** What is wrong with an answer: it must be a success, or a refusal of the closed list that is no fault of ours. */
const faultOf = (answer: Answer, { success }: Door): string | undefined => {
  if (answer.status === success) return undefined
  const error = errorIn(answer)
  const known = error && Object.hasOwn(listed, error) ? listed[error] : undefined
  if (answer.status < 500 && known?.status === answer.status) return undefined
  return `answered ${answer.status} ${answer.body}`
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** V8 frees buffers beside the program, after it says that it collected: what is read at once holds some that are gone. */
const readings = 10

/** Memory that is in use: the least of some readings, for what is garbage is not in all of them. */
const measure = async ({ tallies }: Figures): Promise<Memory> => {
  const least = { heap: Number.POSITIVE_INFINITY, external: Number.POSITIVE_INFINITY, rss: Number.POSITIVE_INFINITY }
  for (let reading = 0; reading < readings; reading += 1) {
    collectGarbage()
    await nextTurn()
    const { heapUsed, external, rss } = process.memoryUsage()
    least.heap = Math.min(least.heap, heapUsed)
    least.external = Math.min(least.external, external)
    least.rss = Math.min(least.rss, rss)
  }
  return { cases: sumOf(tallies, 'cases'), ...least }
}

/** One number, over all doors. */
export const sumOf = (tallies: readonly Tally[], what: 'cases' | 'accepted' | 'controls'): number =>
  tallies.reduce((sum, tally) => sum + tally[what], 0)

/** There is what was accepted, and what was set up for it, and nothing of what was refused. */
const wronglyStored = async (
  service: InProcess,
  before: Awaited<ReturnType<typeof stored>>,
  { tallies }: Figures,
  visitors: readonly Visitor[],
): Promise<string[]> => {
  const now = await stored(service)
  return (['authenticators', 'signIns'] as const).flatMap((what) => {
    const due = tallies.reduce(
      (sum, { door, accepted, controls }) => sum + (door.stores === what ? accepted + controls : 0),
      0,
    )
    const setUp = visitors.reduce((sum, visitor) => sum + visitor.setUp[what], 0)
    const found = now[what] - before[what]
    return found === due + setUp ? [] : [`${found} ${what} were stored, and ${due} accepted besides ${setUp} set up`]
  })
}

const lineOf = ({ tallies, memory, seconds }: Figures): string => {
  const { heap = 0, rss = 0 } = memory.at(-1) ?? {}
  return (
    `${sumOf(tallies, 'cases')} cases in ${seconds.toFixed(0)} s, ${sumOf(tallies, 'accepted')} accepted, ` +
    `${sumOf(tallies, 'controls')} controls; heap ${inMebibytes(heap)}, resident ${inMebibytes(rss)}`
  )
}
