import type { jobStore } from './store.ts'

/** Something that is done over and over, by one instance at a time. */
export interface Job {
  name: string
  everySeconds: number
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
    const run = store
      .whileAlone(job.name, async () => void (await job.run()))
      .catch((error: unknown) => onFailure(job.name, error))
      .finally(() => underWay.delete(run))
    underWay.add(run)
  }
  const timers = jobs.map((job) => setInterval(() => start(job), job.everySeconds * 1000).unref())
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(underWay)
  }
}
