import type { PersonalFields, RecordEvent } from '#audit'
import { type Now, Refusal, type Transaction } from '#kernel'
import type { Changes, Details, Origin } from './person.ts'
import { changedFields, detailsOf } from './rules.ts'
import type { PeopleStore } from './store.ts'

interface Deps {
  store: PeopleStore
  record: RecordEvent
  now: Now
}

/** A change of somebody's details, made from the row as it was at a version. */
export interface PersonChange {
  personId: string
  /** Left out by whoever brings the truth from elsewhere, and does not care what is there. */
  version?: number | undefined
  changes: Changes
}

/** What a field was and is now, for the log, where erasure reaches it. */
const told = (fields: readonly (keyof Details)[], before: Details, after: Details): PersonalFields =>
  Object.fromEntries(
    fields.flatMap((field) => [
      [`was.${field}`, before[field]],
      [field, after[field]],
    ]),
  )

/**
 * Changes what is known of a person, and records which fields, in the same transaction. Where nothing is different nothing
 * is stored or recorded.
 * @returns the row's version from then on
 * @throws Refusal `not_found`; `person_changed` when the row is at another version, or erased; `external_id_taken`
 */
export const changePerson =
  ({ store, record, now }: Deps) =>
  async (tx: Transaction, { personId, version, changes }: PersonChange, origin: Origin = {}): Promise<number> => {
    const person = await store.findPerson(personId, tx)
    if (!person) throw new Refusal('not_found')
    if (version !== undefined && person.version !== version) throw new Refusal('person_changed')

    const before = detailsOf(person)
    const after = { ...before, ...changes } as Details
    const fields = changedFields(before, after)
    if (fields.length === 0) return person.version

    const next = await store.changePerson(tx, personId, person.version, after, now())
    if (next === undefined) throw new Refusal('person_changed')
    const personal = told(fields, before, after)
    await record(tx, { type: 'person-changed', person: personId, ...origin, details: { fields }, personal })
    return next
  }
