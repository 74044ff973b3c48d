import type { Now, Transaction } from '#kernel'
import type { RecordEvent } from './record.ts'
import type { AuditStore } from './store.ts'

interface Deps {
  store: AuditStore
  record: RecordEvent
  now: Now
}

/**
 * Destroys the key of a person, after which nobody can read their personal fields in the log. The log itself stays.
 * A backup keeps the key until it is discarded itself.
 */
export const forgetPerson =
  (deps: Deps) =>
  async (tx: Transaction, personId: string, actor?: string): Promise<void> => {
    await deps.store.destroyKey(tx, personId, deps.now())
    await deps.record(tx, { type: 'person-forgotten', person: personId, actor })
  }
