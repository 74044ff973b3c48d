import type { jobStore } from './store.ts'

/** Something that is done over and over, by one instance at a time. */
export interface Job {
  name: string
  everySeconds: number
  /** Whether it is done once as the instance starts, besides. */
  atStart?: boolean
  /** Whether every instance does it for itself, for what it keeps in memory. */
  everywhere?: boolean
  run: () => Promise<unknown>
}

interface Deps {
  store: ReturnType<typeof jobStore>
  /** Told of a run that failed; the next one comes all the same. */
  onFailure: (job: string, error: unknown) => void
}

/**
 * Starts the jobs of this instance.
 * @returns what stops them, when a run under way has ended
 */
export const startJobs = ({ store, onFailure }: Deps, jobs: readonly Job[]): (() => Promise<void>) => {
  const underWay = new Set<Promise<unknown>>()
  const start = (job: Job) => {
    const work = async () => void (await job.run())
    const done: Promise<unknown> = job.everywhere ? work() : store.whileAlone(job.name, work)
    const run = done.catch((error: unknown) => onFailure(job.name, error)).finally(() => underWay.delete(run))
    underWay.add(run)
  }
  for (const job of jobs) if (job.atStart) start(job)
  const timers = jobs.map((job) => setInterval(() => start(job), job.everySeconds * 1000).unref())
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(underWay)
  }
}
