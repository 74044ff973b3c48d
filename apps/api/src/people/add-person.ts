import { randomBytes } from 'node:crypto'
import type { RecordEvent } from '#audit'
import { type Now, newId, type Transaction } from '#kernel'
import type { NewPerson, Origin, Person } from './person.ts'
import { fullName } from './rules.ts'
import type { PeopleStore } from './store.ts'

interface Deps {
  store: PeopleStore
  record: RecordEvent
  now: Now
  /** Where staff ids come from: random, because `sub` must not tell who came before whom. */
  newStaffId: () => string
}

const attempts = 5

/**
 * Adds a person with a new staff id and user handle, and records it in the same transaction.
 * @throws Refusal `external_id_taken`
 * @throws when five random staff ids in a row were all taken: something is wrong with the randomness
 */
export const addPerson =
  (deps: Deps) =>
  async (tx: Transaction, newPerson: NewPerson, origin: Origin = {}): Promise<Person> => {
    const person = await insertWithFreeStaffId(deps, tx, newPerson)
    await deps.record(tx, {
      type: 'person-created',
      person: person.id,
      ...origin,
      details: { identityLevel: person.identityLevel },
      personal: { name: fullName(person) },
    })
    return person
  }

const insertWithFreeStaffId = async (deps: Deps, tx: Transaction, newPerson: NewPerson): Promise<Person> => {
  const keys = { id: newId(), userHandle: randomBytes(32), createdAt: deps.now() }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const person = await deps.store.addPerson(tx, { ...keys, staffId: deps.newStaffId() }, newPerson)
    if (person) return person
  }
  throw new Error(`No free staff id in ${attempts} attempts`)
}
