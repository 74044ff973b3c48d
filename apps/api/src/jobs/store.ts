import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

const tryLock = statement<[string], { mine: boolean }>(
  'jobs:try-lock',
  // The lock waits in a transaction of its own while the work is done in others, and may do so for as long as that takes.
  `select pg_try_advisory_xact_lock(hashtext($1)) as mine,
     set_config('idle_in_transaction_session_timeout', '0', true)`,
)

// One compare-and-set: of instances whose timers come at different times, the first in a period does it.
const noteRun = statement<[string, Date, Date | null]>(
  'jobs:note-run',
  // A run in the future is one of a clock that was set back since; nobody waits for it to come round again.
  `insert into job_run (name, started_at) values ($1, $2)
   on conflict (name) do update set started_at = $2
   where $3::timestamptz is null or job_run.started_at <= $3 or job_run.started_at > $2`,
)

const lastRuns = statement<[], LastRun>('jobs:last-runs', 'select name, started_at as "startedAt" from job_run')

/** When a job was begun last that then succeeded. */
export interface LastRun {
  name: string
  startedAt: Date
}

interface Run {
  name: string
  at: Date
  /** Nothing is done where it was begun after this. */
  since?: Date | undefined
}

/** The room's first table: `job_run`. */
export const jobStore = (store: Store) => ({
  /** Of those that one instance does at a time. */
  lastRuns: () => store.rows(lastRuns, []),
  /** Runs the work while no other instance runs the same; whether it ran. One that fails leaves no trace of its run. */
  whileAlone: ({ name, at, since }: Run, work: () => Promise<void>): Promise<boolean> =>
    store.inTransaction(async (tx) => {
      const lock = await store.row(tryLock, [`fobwatch job ${name}`], tx)
      if (!lock?.mine) return false
      if ((await store.run(noteRun, [name, at, since ?? null], tx)) === 0) return false
      await work()
      return true
    }),
})
