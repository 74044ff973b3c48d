import type { Now } from '#kernel'
import type { jobStore } from './store.ts'

/** Something that is done over and over, by one instance at a time. */
export interface Job {
  name: string
  everySeconds: number
  /** Whether it is done once as the instance starts, besides. */
  atStart?: boolean
  /** Whether every instance does it, and finds out by itself what another one does. */
  everywhere?: boolean
  /** Whether every process of every instance does it for itself, for what it keeps in memory. */
  forItself?: boolean
  /** Whether all instances together do it once in that time, as suits what asks others for something. */
  once?: boolean
  run: () => Promise<unknown>
}

/** How a run ended here; `left` where another instance does it, or did it lately. */
export interface JobRun {
  job: string
  outcome: 'done' | 'failed' | 'left'
  begun: Date
  /** The work alone, without the wait for its turn. */
  seconds: number
}

interface Deps {
  now: Now
  store: ReturnType<typeof jobStore>
  /** Told of a run that failed; the next one comes all the same. */
  onFailure: (job: string, error: unknown) => void
  /** Told of every run. */
  onRun?: ((run: JobRun) => void) | undefined
}

/** A little less than a period ago: timers of one instance come a few milliseconds early or late. */
const before = (now: Date, periodMs: number) => new Date(now.getTime() - periodMs * 0.9)

/**
 * Starts the jobs of this instance.
 * @returns what stops them, when a run under way has ended
 */
export const startJobs = (
  { store, now, onFailure, onRun = () => {} }: Deps,
  jobs: readonly Job[],
): (() => Promise<void>) => {
  const underWay = new Map<Job, Promise<unknown>>()
  /** A run by itself holds a connection for its lock: one after another, so that all jobs together never hold them all. */
  let lastAlone: Promise<unknown> = Promise.resolve()
  /** Runs a job by itself, where it has not been done since; not while its last run is under way. */
  const start = (job: Job, since?: Date) => {
    if (underWay.has(job)) return
    let begun = now()
    let begunAt = performance.now()
    const ended = (outcome: JobRun['outcome']) =>
      onRun({ job: job.name, outcome, begun, seconds: (performance.now() - begunAt) / 1000 })
    const work = async (): Promise<void> => {
      begun = now()
      begunAt = performance.now()
      await job.run()
    }
    const alone = () => store.whileAlone({ name: job.name, at: now(), ...(job.once && { since }) }, work)
    const isFree = job.everywhere || job.forItself
    const done = isFree ? work() : lastAlone.then(alone)
    const run = done
      .then((ran) => ended(ran === false ? 'left' : 'done'))
      .catch((error: unknown) => {
        ended('failed')
        onFailure(job.name, error)
      })
      .finally(() => underWay.delete(job))
    if (!isFree) lastAlone = run
    underWay.set(job, run)
  }
  for (const job of jobs) if (job.atStart) start(job)
  const timers = jobs.map((job) => {
    const period = job.everySeconds * 1000
    return setInterval(() => start(job, before(now(), period)), period).unref()
  })
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(underWay.values())
  }
}
