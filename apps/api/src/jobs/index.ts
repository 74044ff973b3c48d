/**
 * Jobs: what the service does by itself, and what it tells others afterwards. Owns the table `outbox`; no endpoint.
 * Invariant: of all instances on one database, one at a time runs a job; a fact is stored with its deed or not at all.
 * Neighbours: every room hands `app.ts` what it wants done, such as forgetting what has expired, and publishes here what
 * others must be told.
 */
import type { Now } from '#kernel'
import { publish } from './outbox/publish.ts'
import { outboxStore } from './outbox/store.ts'
import { type Job, startJobs } from './schedule.ts'
import { jobStore, type Store } from './store.ts'

export type { Publish } from './outbox/publish.ts'
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

/** Opens the outbox. */
export const createOutbox = ({ store, now }: { store: Store; now: Now }) => {
  const deps = { store: outboxStore(store), now }
  return { publish: publish(deps) }
}
