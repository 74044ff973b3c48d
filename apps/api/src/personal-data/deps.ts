import type { Access } from '#access'
import type { OpenFields, RecordAlone } from '#audit'
import type { Authenticators } from '#authenticators'
import type { Now } from '#kernel'
import type { People } from '#people'
import type { PersonalDataStore } from './store.ts'

/** What this room's verbs are handed. */
export interface Deps {
  store: PersonalDataStore
  now: Now
  recordAlone: RecordAlone
  openFields: OpenFields
  people: Pick<People, 'findPerson' | 'evidenceOf' | 'professionsOf'>
  access: Pick<Access, 'organisationsOf' | 'assignmentsOf'>
  authenticators: Pick<Authenticators, 'listOf'>
  /** What HR systems said of a person. */
  fedOf: (personId: string) => Promise<readonly object[]>
}
