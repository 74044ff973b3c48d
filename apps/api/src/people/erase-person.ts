import type { RecordEvent } from '#audit'
import { type Now, Refusal, type Transaction } from '#kernel'
import type { EvidenceStore } from './identity/store.ts'
import type { Origin } from './person.ts'
import type { MembershipStore } from './professions/store.ts'
import type { PeopleStore } from './store.ts'

interface Deps {
  store: PeopleStore
  memberships: MembershipStore
  evidence: EvidenceStore
  record: RecordEvent
  now: Now
}

/**
 * Takes out of this room's rows what is personal. The row stays, so that the log still names somebody, and the staff id
 * with it, so that nobody else is ever given it.
 * @throws Refusal `person_not_so` for a profile that is not closed, or was erased
 */
export const erasePerson =
  ({ store, memberships, evidence, record, now }: Deps) =>
  async (tx: Transaction, personId: string, because: string, origin: Origin = {}): Promise<void> => {
    if (!(await store.erase(tx, personId, now()))) throw new Refusal('person_not_so')
    await memberships.removeAll(tx, personId)
    await evidence.removeAll(tx, personId)
    await record(tx, { type: 'person-erased', person: personId, ...origin, details: { because } })
  }
