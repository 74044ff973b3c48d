/**
 * People: who works here, how well that was proved and by what, and what registers they are on. Owns the tables `person`,
 * `identity_evidence` and `professional_membership`; no endpoints of its own.
 * Invariant: a staff id is random and never given twice, not even after its person was erased, and the user handle that
 * authenticators keep is another random value, so that neither tells the other.
 * Neighbours: `access` says what a person may do, `authenticators` how they prove who they are; the desk decides who may
 * change whom, and ends what hangs on a profile when it closes one.
 */
import type { RecordEvent } from '#audit'
import { type Now, twelveDigits } from '#kernel'
import { addPerson } from './add-person.ts'
import { findAlike } from './alike/find-alike.ts'
import { alikeStore } from './alike/store.ts'
import { changePerson } from './change-person.ts'
import { closePerson, reinstatePerson, reopenPerson, suspendPerson } from './change-status.ts'
import { erasePerson } from './erase-person.ts'
import { hashNumber } from './identity/hash-number.ts'
import { keepEvidence } from './identity/keep-evidence.ts'
import { raiseIdentityLevel } from './identity/raise-level.ts'
import { evidenceStore } from './identity/store.ts'
import { withoutNumbers } from './identity/without-numbers.ts'
import { keepMembership } from './professions/keep-membership.ts'
import { removeMembership } from './professions/remove-membership.ts'
import { membershipStore } from './professions/store.ts'
import { peopleStore, type Store } from './store.ts'

export type { Alike, Newcomer } from './alike/find-alike.ts'
export type { PersonChange } from './change-person.ts'
export type { StatusChange } from './change-status.ts'
export type { Evidence, ProofOfIdentity, SeenDocument } from './identity/evidence.ts'
export { whatIsMissing } from './identity/rules.ts'
export type { Changes, Details, NewPerson, Origin, Person } from './person.ts'
export { type ProfessionalBody, type ProfessionalMembership, professionalBodies } from './professions/membership.ts'
export { displayName, fullName, initials } from './rules.ts'

interface Deps {
  store: Store
  record: RecordEvent
  now: Now
  /** 32 bytes, under which the numbers of documents are hashed. */
  documentKey: Uint8Array
  newStaffId?: () => string
}

/** Opens the room. */
export const createPeople = ({ store, record, now, documentKey, newStaffId = twelveDigits }: Deps) => {
  const people = peopleStore(store)
  const memberships = membershipStore(store)
  const evidence = evidenceStore(store)
  const deps = { store: people, record, now }
  const alike = alikeStore(store)
  const hash = hashNumber(documentKey)
  const keep = keepEvidence({ evidence, record, now })
  return {
    findPerson: people.findPerson,
    findPersonByStaffId: people.findPersonByStaffId,
    findPersonByExternalId: people.findPersonByExternalId,
    findAlike: findAlike({ store: alike, hashNumber: hash }),
    /** Lets one new person after the other in, so that none comes in between a look for the like of them and their row. */
    lockNewPeople: alike.lockNewPeople,
    addPerson: addPerson({ ...deps, newStaffId }),
    changePerson: changePerson(deps),
    suspendPerson: suspendPerson(deps),
    reinstatePerson: reinstatePerson(deps),
    closePerson: closePerson(deps),
    reopenPerson: reopenPerson(deps),
    erasePerson: erasePerson({ ...deps, memberships, evidence }),
    /** What they showed to prove who they are, as far as it is kept. */
    evidenceOf: evidence.of,
    /** What was shown, as it is kept: without the numbers. */
    withoutNumbers: withoutNumbers(hash),
    keepEvidence: keep,
    raiseIdentityLevel: raiseIdentityLevel({ ...deps, keepEvidence: keep }),
    /** Their numbers at bodies of their profession. */
    professionsOf: memberships.of,
    keepMembership: keepMembership({ store: memberships, record, now }),
    removeMembership: removeMembership({ store: memberships, record }),
  }
}

export type People = ReturnType<typeof createPeople>
