import type { EventType, RecordEvent } from '#audit'
import { type Now, Refusal, type Transaction } from '#kernel'
import type { Origin, Person } from './person.ts'
import type { PeopleStore } from './store.ts'

interface Deps {
  store: PeopleStore
  record: RecordEvent
  now: Now
}

/** Why a profile is paused, closed or brought back: in one word, and in somebody's own. */
export interface StatusChange extends Origin {
  personId: string
  because?: string | undefined
  note?: string | undefined
}

interface Step {
  from: readonly Person['status'][]
  to: Person['status']
  type: EventType
}

/**
 * One step of the life of a profile, in one compare-and-set, and its event. Other rooms end what hangs on it: the deed that
 * calls this calls them too.
 * @throws Refusal `person_not_so` when the profile is not where the step begins, or was erased
 */
const step =
  ({ from, to, type }: Step) =>
  ({ store, record, now }: Deps) =>
  async (tx: Transaction, { personId, because, note, ...origin }: StatusChange): Promise<void> => {
    const why = { because: because ?? null, note: note ?? null, by: origin.actor ?? null }
    if (!(await store.changeStatus(tx, personId, { from, to }, why, now()))) throw new Refusal('person_not_so')
    await record(tx, {
      ...{ type, person: personId, ...origin },
      ...(because && { details: { because } }),
      ...(note && { personal: { note } }),
    })
  }

/** Pauses a profile: nobody logs in with it until it is started again. @throws Refusal `person_not_so` unless active */
export const suspendPerson = step({ from: ['active'], to: 'suspended', type: 'person-suspended' })

/** Ends the pause of a profile. @throws Refusal `person_not_so` unless suspended */
export const reinstatePerson = step({ from: ['suspended'], to: 'active', type: 'person-reinstated' })

/** Closes a profile. @throws Refusal `person_not_so` when it is closed already */
export const closePerson = step({ from: ['active', 'suspended'], to: 'closed', type: 'person-closed' })

/** Brings back a profile that was closed, and nothing else. @throws Refusal `person_not_so` unless closed and not erased */
export const reopenPerson = step({ from: ['closed'], to: 'active', type: 'person-reopened' })
