import { readFile } from 'node:fs/promises'

/** Ticks that each core was busy, and in all, since the machine began (proc(5), /proc/stat). */
type Reading = readonly { busy: number; all: number }[]

export const readCores = async (): Promise<Reading> => {
  const lines = (await readFile('/proc/stat', 'utf8')).split('\n').filter((line) => /^cpu\d/.test(line))
  return lines.map((line) => {
    const ticks = line.split(/\s+/).slice(1, 9).map(Number)
    const all = ticks.reduce((sum, each) => sum + each, 0)
    return { all, busy: all - (ticks[3] ?? 0) - (ticks[4] ?? 0) }
  })
}

/** What part of the time between two readings each core was busy, whoever kept it so: 0 to 1. */
export const busyBetween = (before: Reading, after: Reading): number[] =>
  after.map(({ busy, all }, core) => {
    const from = before[core] ?? { busy: 0, all: 0 }
    return all > from.all ? (busy - from.busy) / (all - from.all) : 0
  })
