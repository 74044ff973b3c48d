import { setInterval } from 'node:timers/promises'
import { busyBetween, readCores } from './busy-cores.ts'
import { cpuMsOf, type Pids, rssOf } from './process-tree.ts'

/** What was used while some work went on. */
export interface Used {
  /** CPU milliseconds of the contender, and of PostgreSQL with all that works for it in the background. */
  cpuMs: number
  databaseCpuMs: number
  /** The most memory that the contender held, in bytes. */
  mostMemory: number
  /** What part of the time each core was busy. */
  busy: number[]
  /** On the clocks that `process.hrtime` reads, in microseconds. */
  from: number
  until: number
}

interface Measured {
  pid: Pids
  databasePid: Pids
}

const microseconds = () => Number(process.hrtime.bigint() / 1000n)
const memoryEveryMs = 500

/** Does some work, and measures what two trees of processes use meanwhile. */
export const measured = async <T>(
  { pid, databasePid }: Measured,
  work: () => Promise<T>,
): Promise<{ got: T; used: Used }> => {
  const read = () => Promise.all([cpuMsOf(pid), cpuMsOf(databasePid), readCores()])
  const memory = watchMemory(pid)
  const from = microseconds()
  const [cpuBefore, databaseBefore, coresBefore] = await read()
  const got = await work()
  const [cpuAfter, databaseAfter, coresAfter] = await read()
  const used: Used = {
    cpuMs: cpuAfter - cpuBefore,
    databaseCpuMs: databaseAfter - databaseBefore,
    mostMemory: await memory.stop(),
    busy: busyBetween(coresBefore, coresAfter),
    from,
    until: microseconds(),
  }
  return { got, used }
}

const watchMemory = (pid: Pids) => {
  const over = new AbortController()
  let most = 0
  const look = async () => {
    most = Math.max(most, await rssOf(pid))
  }
  const watch = async () => {
    for await (const _ of setInterval(memoryEveryMs, undefined, { signal: over.signal })) await look()
  }
  const watching = watch().catch(() => {})
  const stop = async () => {
    over.abort()
    await watching
    await look()
    return most
  }
  return { stop }
}
