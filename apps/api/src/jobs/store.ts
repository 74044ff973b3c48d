import { type Store, statement } from '@fobwatch/store'

export type { Store } from '@fobwatch/store'

const tryLock = statement<[string], { mine: boolean }>(
  'jobs:try-lock',
  'select pg_try_advisory_xact_lock(hashtext($1)) as mine',
)

export const jobStore = (store: Store) => ({
  /** Runs the work while no other instance runs the same; whether it ran. */
  whileAlone: (name: string, work: () => Promise<void>): Promise<boolean> =>
    store.inTransaction(async (tx) => {
      const lock = await store.row(tryLock, [`fobwatch job ${name}`], tx)
      if (!lock?.mine) return false
      await work()
      return true
    }),
})
