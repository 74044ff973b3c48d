/**
 * People: who works here, and how well that was proved. Owns the table `person`; no endpoints of its own.
 * Invariant: a staff id is random and never given twice, and the user handle that authenticators keep is another random
 * value, so that neither tells the other.
 * Neighbours: `access` says what a person may do, `authenticators` how they prove who they are.
 */
import type { RecordEvent } from '#audit'
import { type Now, twelveDigits } from '#kernel'
import { addPerson } from './add-person.ts'
import { peopleStore, type Store } from './store.ts'

export type { NewPerson, Person } from './person.ts'
export { displayName, fullName, initials } from './rules.ts'

interface Deps {
  store: Store
  record: RecordEvent
  now: Now
  newStaffId?: () => string
}

/** Opens the room. */
export const createPeople = ({ store, record, now, newStaffId = twelveDigits }: Deps) => {
  const people = peopleStore(store)
  return {
    findPerson: people.findPerson,
    findPersonByStaffId: people.findPersonByStaffId,
    addPerson: addPerson({ store: people, record, now, newStaffId }),
  }
}

export type People = ReturnType<typeof createPeople>
