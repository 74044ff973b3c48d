/**
 * Jobs: what the service does by itself, and what it tells others afterwards. Owns the tables `outbox` and
 * `job_run`; no endpoint.
 * Invariant: of all instances on one database, one at a time runs a job; a fact is stored with its deed or not at all,
 * and handed on at least once or given up by name.
 * Neighbours: every room hands `app.ts` what it wants done, such as forgetting what has expired, publishes here what
 * others must be told, or delivers it.
 */
import type { Now } from '#kernel'
import { delivering, type Handlers, type Undelivered } from './outbox/deliver.ts'
import { publish } from './outbox/publish.ts'
import { forgottenBefore } from './outbox/rules.ts'
import { outboxStore } from './outbox/store.ts'
import { type Job, type JobRun, startJobs } from './schedule.ts'
import { jobStore, type Store } from './store.ts'

export type { Handlers, Outcome } from './outbox/deliver.ts'
export type { Publish } from './outbox/publish.ts'
export type { Job, JobRun } from './schedule.ts'

/** Opens the schedule. */
export const createJobs = ({
  store,
  now,
  onFailure,
  onRun,
}: {
  store: Store
  now: Now
  onFailure: (job: string, error: unknown) => void
  /** Told of every run. */
  onRun?: (run: JobRun) => void
}) => ({
  start: (jobs: readonly Job[]) => startJobs({ store: jobStore(store), now, onFailure, onRun }, jobs),
  /** When each job that one instance does at a time was begun last, and succeeded. */
  lastRuns: jobStore(store).lastRuns,
})

interface OutboxDeps {
  store: Store
  now: Now
  handlers: Handlers
  /** Told of whatever was not delivered, each time. */
  onUndelivered: (about: Undelivered) => void
  /** Goes round each delivery, by the kind of its fact. */
  around?: (<T>(name: string, work: () => Promise<T>) => Promise<T>) | undefined
}

/** Opens the outbox. */
export const createOutbox = ({ store, now, ...rest }: OutboxDeps) => {
  const deps = { ...rest, store: outboxStore(store), now }
  const { begin, settled } = delivering(deps)
  return {
    publish: publish(deps),
    /** Begins to deliver what is due, and leaves it running. */
    beginDelivering: begin,
    /** Resolves when nothing is being delivered. */
    deliveriesSettled: settled,
    /** What is still to be told, up to 10,000, and how old the oldest of it is. */
    backlog: () => deps.store.backlog(Object.keys(deps.handlers)),
    /** Forgets what was told a week after its deed, and the rest after a month: it was given up long ago. */
    forgetOld: () => deps.store.forget(...forgottenBefore(now())),
  }
}

export type Outbox = ReturnType<typeof createOutbox>
