/**
 * Jobs: what the service does by itself. Owns no table.
 * Invariant: of all instances on one database, one at a time runs a job.
 * Neighbours: every room hands `app.ts` what it wants done, such as forgetting what has expired.
 */
import { type Job, startJobs } from './schedule.ts'
import { jobStore, type Store } from './store.ts'

export type { Job } from './schedule.ts'

export const createJobs = ({
  store,
  onFailure,
}: {
  store: Store
  onFailure: (job: string, error: unknown) => void
}) => ({
  start: (jobs: readonly Job[]) => startJobs({ store: jobStore(store), onFailure }, jobs),
})
