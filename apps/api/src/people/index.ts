/**
 * People: who works here, how well that was proved, and what registers they are on. Owns the tables `person` and
 * `professional_membership`; no endpoints of its own.
 * Invariant: a staff id is random and never given twice, and the user handle that authenticators keep is another random
 * value, so that neither tells the other.
 * Neighbours: `access` says what a person may do, `authenticators` how they prove who they are.
 */
import type { RecordEvent } from '#audit'
import { type Now, twelveDigits } from '#kernel'
import { addPerson } from './add-person.ts'
import { keepMembership } from './professions/keep-membership.ts'
import { membershipStore } from './professions/store.ts'
import { peopleStore, type Store } from './store.ts'

export type { NewPerson, Person } from './person.ts'
export { type ProfessionalBody, type ProfessionalMembership, professionalBodies } from './professions/membership.ts'
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
  const memberships = membershipStore(store)
  return {
    findPerson: people.findPerson,
    findPersonByStaffId: people.findPersonByStaffId,
    /** Their numbers at bodies of their profession. */
    professionsOf: memberships.of,
    keepMembership: keepMembership({ store: memberships, record, now }),
    addPerson: addPerson({ store: people, record, now, newStaffId }),
  }
}

export type People = ReturnType<typeof createPeople>
