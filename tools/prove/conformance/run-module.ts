import { setTimeout as delay } from 'node:timers/promises'
import { mannerOf, wantedOf } from './manners.ts'
import type { Person } from './person.ts'
import type { LogLine, PlannedModule, Standing, Suite } from './suite-api.ts'

/** A condition of the suite's that was not met, in its own words. */
export interface Complaint {
  condition: string
  message: string
}

/** What became of one test of a plan, by the suite's own word. */
export interface Outcome {
  module: string
  result: NonNullable<Standing['result']> | 'INTERRUPTED'
  /** What the suite found wrong, or warned of. */
  complaints: Complaint[]
  /** Pictures that the suite asked for, for somebody to look at. */
  pictures: Buffer[]
  seconds: number
}

/** The longest waits of its own that a test has are a minute or two: a code or a request that must have expired. */
const patience = 240_000
const pause = 250

interface Deps {
  suite: Suite
  person: Person
}

/**
 * Runs one test to its end, being the person in front of the browser for it. A test that is not brought to its end counts
 * as interrupted.
 */
export const runModule = async (deps: Deps, plan: string, planned: PlannedModule): Promise<Outcome> => {
  const started = Date.now()
  const brokenOff = (error: Error): Outcome => ({
    module: planned.testModule,
    result: 'INTERRUPTED',
    complaints: [{ condition: 'browser', message: error.message.split('\n')[0] ?? '' }],
    pictures: [],
    seconds: (Date.now() - started) / 1000,
  })
  return bringToItsEnd(deps, plan, planned, started).catch(brokenOff)
}

const bringToItsEnd = async (deps: Deps, plan: string, planned: PlannedModule, started: number): Promise<Outcome> => {
  await deps.person.forget()
  const { id } = await deps.suite.createTest(plan, planned)
  const pictures: Buffer[] = []
  const standing = await untilDone(deps, { id, module: planned.testModule }, pictures)
  const complaints = complaintsIn(await deps.suite.log(id))
  const done = standing.status === 'FINISHED'
  return {
    module: planned.testModule,
    result: done ? (standing.result ?? 'UNKNOWN') : 'INTERRUPTED',
    complaints:
      done || standing.status === 'INTERRUPTED'
        ? complaints
        : [...complaints, { condition: 'status', message: `It stayed ${standing.status}.` }],
    pictures,
    seconds: (Date.now() - started) / 1000,
  }
}

/** The page of the service that a visit led to last. */
interface Picture {
  picture: Buffer
  /** When the visit began, in milliseconds. */
  at: number
}

const untilDone = async (
  { suite, person }: Deps,
  { id, module }: { id: string; module: string },
  asked: Buffer[],
): Promise<Standing> => {
  const until = Date.now() + patience
  let hasStarted = false
  let visits = 0
  let seen: Picture | undefined
  let standing = await suite.standing(id)
  while (standing.status !== 'FINISHED' && standing.status !== 'INTERRUPTED' && Date.now() < until) {
    if (standing.status === 'CONFIGURED' && !hasStarted) {
      hasStarted = true
      await suite.start(id)
    }
    if (standing.status === 'WAITING') {
      const [next] = await suite.visits(id)
      if (next) {
        const at = Date.now()
        await suite.markVisited(id, next.url)
        const picture = wantedOf(module, await person.visit(next, mannerOf(module, visits++)))
        seen = picture && { picture, at }
      } else if (seen) await fillPlaceholders(suite, id, seen, asked)
    }
    await delay(pause)
    standing = await suite.standing(id)
  }
  return standing
}

/** Gives the suite the picture that it waits for, if the visit that it was taken on began since. */
const fillPlaceholders = async (suite: Suite, id: string, { picture, at }: Picture, asked: Buffer[]): Promise<void> => {
  for (const { upload, time } of await suite.log(id)) {
    if (!upload || time > at) continue
    await suite.upload(id, upload, picture)
    asked.push(picture)
  }
}

const complaintsIn = (log: LogLine[]): Complaint[] =>
  log
    .filter(({ result }) => result === 'FAILURE' || result === 'WARNING')
    .map(({ src, msg }) => ({ condition: src ?? '', message: msg ?? '' }))
