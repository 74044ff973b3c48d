import type { Worker } from 'node:cluster'
import { performance } from 'node:perf_hooks'
import { askingForCounts, type Counted } from './ask-counts.ts'
import { beginWorker } from './begin-worker.ts'
import { type Log, newCrew } from './crew.ts'
import { following } from './follow.ts'
import { givingErrands } from './give-errands.ts'
import { replacing } from './replace-all.ts'
import { endWithTheLast, stopAll } from './stop-all.ts'
import type { Begun } from './words.ts'

interface Deps {
  /** How many workers there are to be; two at least. */
  count: number
  createLog: (level: string) => Log
  /** Serves what all workers count; called once, when the first has begun. @param counts asks them all */
  serveMetrics: (at: NonNullable<Begun['metricsAt']>, counts: () => Promise<Counted>) => Promise<unknown>
}

/**
 * Leads the workers of this machine until it is told to end. One begins alone: where it cannot, it has said why, and this
 * process ends as it did; and where metrics cannot be served that are to be, it says so and ends with 1, as one process alone
 * does. Later a worker that ends is followed by another, by and by more slowly.
 *
 * SIGTERM and SIGINT end all of them, each when it has finished what is under way; a second signal ends them at once, with
 * exit code 1. SIGUSR2 replaces them one by one: the next takes connections before the last one stops to.
 */
export const leadWorkers = ({ count, createLog, serveMetrics }: Deps): void => {
  const crew = newCrew()
  const giveErrands = givingErrands(crew)

  const endWithout = (error: Error): void => {
    process.stderr.write(`${error.message}\n`)
    stopAll(crew, { because: 'metrics are not served', unhurried: false })
    crew.worstCode = 1
  }
  /** What the first worker of all read of the settings decides how this process goes on. */
  const heed = ({ logLevel, metricsAt }: Begun): void => {
    crew.log = createLog(logLevel)
    if (metricsAt) serveMetrics(metricsAt, askingForCounts(crew)).catch(endWithout)
  }
  const begun = (worker: Worker, about: Begun): void => {
    if (!crew.log) heed(about)
    crew.members.set(worker.id, { worker, begunAt: performance.now(), leaves: false })
    giveErrands()
  }
  const ended = ({ id, process: { pid } }: Worker, code: number | null, signal: string | null): void => {
    const member = crew.members.get(id)
    crew.members.delete(id)
    crew.worstCode = Math.max(crew.worstCode, code ?? 1)
    giveErrands()
    if (crew.stopping) endWithTheLast(crew)
    if (crew.stopping || !member || member.leaves) return
    crew.log?.error({ worker: id, workerPid: pid, code, signal }, 'a worker ended by itself')
    follow(performance.now() - member.begunAt)
  }
  const begin = () => beginWorker({ isServed: () => crew.members.size > 0, begun, ended })
  const follow = following({ isWanted: () => !crew.stopping && crew.members.size < count, begin })
  const replaceAll = replacing(crew, { begin, giveErrands })

  // A terminal sends this to everybody at once, and whoever sits there is no balancer.
  const stop = (signal: NodeJS.Signals) => stopAll(crew, { because: signal, unhurried: signal !== 'SIGINT' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
  process.on('SIGUSR2', () => void replaceAll())

  const start = async (): Promise<void> => {
    if (await begin())
      for (let number = 1; number < count; number += 1) void begin().then((did) => did || crew.stopping || follow(0))
    else if (!crew.stopping) process.exit(crew.worstCode || 1)
  }
  void start()
}
