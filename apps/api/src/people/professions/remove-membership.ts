import type { RecordEvent } from '#audit'
import { Refusal, type Transaction } from '#kernel'
import type { Origin } from '../person.ts'
import type { ProfessionalBody } from './membership.ts'
import type { MembershipStore } from './store.ts'

interface Deps {
  store: MembershipStore
  record: RecordEvent
}

/** Takes away a person's number at a body, and records it. @throws Refusal `not_found` when there is none */
export const removeMembership =
  ({ store, record }: Deps) =>
  async (tx: Transaction, personId: string, body: ProfessionalBody, origin: Origin = {}): Promise<void> => {
    const number = await store.remove(tx, personId, body)
    if (number === undefined) throw new Refusal('not_found')
    await record(tx, {
      ...{ type: 'professional-membership-removed', person: personId, ...origin },
      details: { body },
      personal: { number },
    })
  }
