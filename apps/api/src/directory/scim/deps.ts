import type { Access } from '#access'
import type { RecordAlone, RecordEvent } from '#audit'
import type { InTransaction, Now, Transaction } from '#kernel'
import type { Origin, People } from '#people'
import type { InTurn } from './in-turn.ts'
import type { FeedStore } from './store.ts'

/** Why somebody is paused whom a feed paused. */
export const pausedByFeed = 'feed'

/** What is known of somebody who comes, by which they may be found to be there. */
export interface Newcomer {
  givenName: string
  familyName: string
  birthDate: string | null
  email: string | null
  externalId: string | null
}

/** What this part of the room is handed. */
export interface ScimDeps {
  store: FeedStore
  now: Now
  inTransaction: InTransaction
  /** Deeds of one feed are done one after another. */
  inTurn: InTurn
  record: RecordEvent
  recordAlone: RecordAlone
  /** Where the service is, with its version: `<issuer>/scim/v2`. */
  base: string
  access: Pick<Access, 'findOrganisation' | 'affiliate'>
  people: Pick<People, 'findPersonByStaffId' | 'addPerson' | 'changePerson'>
  /** Lets one newcomer in after the other, whoever brings them, until the transaction ends. */
  lockNewPeople: (tx: Transaction) => Promise<void>
  /** How many there are who are likely the same person, wherever they work, whether they left or not. */
  countLikely: (tx: Transaction, newcomer: Newcomer) => Promise<number>
  /** Pauses somebody, as the desk does: whatever they have open ends. */
  suspendPerson: (tx: Transaction, personId: string, origin: Origin) => Promise<void>
  /** Ends somebody's pause, as the desk does. */
  reinstatePerson: (tx: Transaction, personId: string, origin: Origin) => Promise<void>
  /** Closes somebody's profile, as the desk does, with all that hangs on it. */
  closePerson: (tx: Transaction, personId: string, origin: Origin) => Promise<void>
}
