import type { Figures } from './figures.ts'

/** Something that Fobwatch is held to, and what was measured of it. */
export interface Bar {
  what: string
  bar: string
  measured: string
  holds: boolean
}

type Results = Record<string, Record<string, Figures>>

const most = (what: string, measured: number, bar: number, unit: string): Bar => ({
  ...{ what, bar: `at most ${bar}${unit}`, measured: `${measured.toFixed(measured < 10 ? 2 : 0)}${unit}` },
  holds: measured <= bar,
})
const least = (what: string, measured: number, bar: number, unit: string): Bar => ({
  ...{ what, bar: `at least ${bar}${unit}`, measured: `${measured.toFixed(measured < 10 ? 2 : 0)}${unit}` },
  holds: measured >= bar,
})

const costOf = ({ cpuMs, databaseCpuMs }: Figures) => cpuMs + databaseCpuMs

/** Holds Fobwatch's figures to the bars, as far as what they speak of was measured. */
export const barsOf = (results: Results): Bar[] => {
  const bars: Bar[] = []
  const { fobwatch: signIn, 'better-auth': betterAuth } = results['signIn'] ?? {}
  if (signIn) {
    bars.push(least('complete sign-ins a second per core', signIn.perSecondPerCore, 150, ''))
    if (signIn.ratioToFloor !== undefined)
      bars.push(most("their CPU, API and database, over the floor's", signIn.ratioToFloor, 3, ' times'))
    if (betterAuth) {
      const times = costOf(betterAuth) / costOf(signIn)
      bars.push(least("Better Auth's CPU, API and database, over theirs", times, 5, ' times'))
    }
    bars.push(most("p99 of a sign-in's slowest request at 70 % of capacity", signIn.p99Ms, 50, ' ms'))
    bars.push(most('memory of one process that is idle', signIn.memory.idleMb, 150, ' MB'))
  }
  const { fobwatch: refresh } = results['refresh'] ?? {}
  if (refresh) bars.push(least('refreshes a second per core', refresh.perSecondPerCore, 800, ''))
  return bars
}
