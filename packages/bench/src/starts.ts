import type { Arena, Entered, Lines } from './entered.ts'
import { busyBetween, readCores } from './measure/busy-cores.ts'
import { cpuMsOf, rssOf } from './measure/process-tree.ts'
import type { Measured } from './report/figures.ts'

/** Starts one more process of each contender, turn and turn about: a start is a turn, and what it takes its latency. */
export const measureStarts = async (
  entered: readonly Entered[],
  { server, options: { rounds }, say }: Arena,
): Promise<Lines> => {
  const lines: [Entered, Measured][] = entered
    .filter(({ running }) => running.startAnother)
    .map((each) => [each, { turns: [], paced: [[]], asked: undefined, idleMemory: each.idleMemory }])
  for (let round = 1; round <= rounds; round += 1)
    for (const [{ name, running }, { turns, paced }] of lines) {
      const [databaseBefore, coresBefore] = await Promise.all([cpuMsOf(server.pid), readCores()])
      const another = await running.startAnother?.()
      if (!another) continue
      const { pid, startMs } = another
      const [cpuMs, mostMemory] = await Promise.all([cpuMsOf(pid), rssOf(pid)])
      const [databaseAfter, coresAfter] = await Promise.all([cpuMsOf(server.pid), readCores()])
      await another.stop()
      const databaseCpuMs = databaseAfter - databaseBefore
      const busy = busyBetween(coresBefore, coresAfter)
      turns.push({ count: 1, seconds: startMs / 1000, cpuMs, databaseCpuMs, mostMemory, busy })
      paced[0]?.push({ slowest: startMs, whole: startMs })
      say(`  round ${round}, ${name}: ready after ${startMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of CPU`)
    }
  return lines
}
