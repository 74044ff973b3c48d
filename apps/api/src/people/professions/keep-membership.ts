import type { RecordEvent } from '#audit'
import type { Now, Transaction } from '#kernel'
import type { Origin } from '../person.ts'
import type { ProfessionalMembership } from './membership.ts'
import type { MembershipStore } from './store.ts'

interface Deps {
  store: MembershipStore
  record: RecordEvent
  now: Now
}

/** Notes a person's number at a body, in the place of the one there was, and records it in the same transaction. */
export const keepMembership =
  ({ store, record, now }: Deps) =>
  async (
    tx: Transaction,
    personId: string,
    { body, number }: ProfessionalMembership,
    origin: Origin = {},
  ): Promise<void> => {
    await store.keep(tx, personId, { body, number }, now())
    await record(tx, {
      type: 'professional-membership-kept',
      person: personId,
      ...origin,
      details: { body },
      personal: { number },
    })
  }
