import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../programs.ts'

/** What a deed costs, in milliseconds of one core. */
export interface Cost {
  apiMs: number
  databaseMs: number
}

export interface Costs {
  signIn: Cost
  /** Single sign-on into another application, and a refresh; undefined where nobody measured them. */
  onward: Cost | undefined
  refresh: Cost | undefined
  /** Where these are from, in words. */
  source: string
}

/** Where a run of the benchmark is kept, which `npm run bench -- --page` writes. */
export const measured = 'docs/proofs/bench.json'

/** The least that the service is to do, until a run of the benchmark is kept: 150 sign-ins a second per core. */
const bar: Costs = {
  signIn: { apiMs: 6.7, databaseMs: 3 },
  onward: undefined,
  refresh: undefined,
  source: 'the least that the service is to do (150 a second per core), since no run of the benchmark is kept yet',
}

type Figures = Record<string, { fobwatch?: { cpuMs?: unknown; databaseCpuMs?: unknown } } | undefined>

const costIn = (figures: Figures, name: string): Cost | undefined => {
  const { cpuMs: apiMs, databaseCpuMs: databaseMs } = figures[name]?.fobwatch ?? {}
  return typeof apiMs === 'number' && typeof databaseMs === 'number' ? { apiMs, databaseMs } : undefined
}

/** Reads what the benchmark printed with `--json`. @throws Error when there is no sign-in of Fobwatch in it */
export const costsIn = (json: string): Costs => {
  const figures = JSON.parse(json) as Figures
  const signIn = costIn(figures, 'signIn')
  if (!signIn) throw new Error('It has no signIn.fobwatch with cpuMs and databaseCpuMs')
  const [onward, refresh] = [costIn(figures, 'singleSignOn'), costIn(figures, 'refresh')]
  return { signIn, onward, refresh, source: 'the benchmark ([bench](../proofs/bench.md))' }
}

/** What the benchmark measured, or the bars until it has. */
export const readCosts = async (): Promise<Costs> => {
  const json = await readFile(join(root, measured), 'utf8').catch(() => undefined)
  return json === undefined ? bar : costsIn(json)
}
