import type { Stage } from '../stage/set-stage.ts'
import { judge } from './judge.ts'
import type { Kind, Race } from './race.ts'

/** What came of all races for one kind of thing. */
export interface Figures {
  kind: Pick<Kind, 'name' | 'says'>
  races: number
  requests: number
  successes: number
  /** How many of the successes each instance gave. */
  byInstance: number[]
  /** How often each refusal was heard. */
  refusals: Record<string, number>
  /** Answers of 500 and above. */
  serverErrors: number
  seconds: number
  /** The races that did not go as they must. */
  faults: string[]
}

interface Setting {
  /** How many things of the kind. */
  count: number
  /** How many races are run beside each other. */
  lanes: number
  /** When to give up, as Date.now() tells it. */
  deadline: number
  say: (line: string) => void
}

/** Races for so many things of one kind. */
export const proveKind = async (stage: Stage, kind: Kind, setting: Setting): Promise<Figures> => {
  const { count, deadline, say } = setting
  const lanes = await Promise.all(Array.from({ length: Math.min(count, setting.lanes) }, () => kind.enter(stage)))
  const figures = nothingYet(kind, stage.instances.length)
  const started = Date.now()
  let begun = 0
  const run = async (raceOnce: () => Promise<Race>) => {
    while (begun < count && Date.now() < deadline) {
      begun += 1
      add(figures, await raceOnce(), kind)
      figures.seconds = (Date.now() - started) / 1000
      if (figures.races % 100 === 0) say(`  ${lineOf(figures)}`)
    }
  }
  await Promise.all(lanes.map(run))
  if (figures.races < count) figures.faults.push(`the time was over after ${figures.races} of ${count}`)
  say(`${lineOf(figures)}${figures.faults.map((fault) => `\n  ✖ ${fault}`).join('')}`)
  return figures
}

const nothingYet = (kind: Kind, instances: number): Figures => ({
  kind,
  races: 0,
  requests: 0,
  successes: 0,
  byInstance: Array.from({ length: instances }, () => 0),
  refusals: {},
  serverErrors: 0,
  seconds: 0,
  faults: [],
})

const add = (figures: Figures, { answers, alsoWrong }: Race, kind: Kind): void => {
  figures.races += 1
  figures.requests += answers.length
  for (const { status, error, instance } of answers) {
    if (status >= 500) figures.serverErrors += 1
    if (status === 200) figures.successes += 1
    if (status === 200) figures.byInstance[instance] = (figures.byInstance[instance] ?? 0) + 1
    else figures.refusals[error ?? '?'] = (figures.refusals[error ?? '?'] ?? 0) + 1
  }
  const wrong = judge(answers, kind) ?? alsoWrong
  if (wrong) figures.faults.push(`number ${figures.races}: ${wrong}`)
}

const lineOf = ({ kind, races, requests, successes, byInstance, refusals, serverErrors, seconds }: Figures): string => {
  const refused = Object.entries(refusals).map(([error, times]) => `${times} ${error}`)
  return (
    `${kind.name}: ${races} raced for in ${requests} requests, ${successes} successes (${byInstance.join(' + ')}), ` +
    `refused: ${refused.join(', ') || 'none'}; ${serverErrors} server errors; ${seconds.toFixed(1)} s`
  )
}
