import type { RecordAlone, RecordEvent } from '#audit'
import type { Authenticators } from '#authenticators'
import type { InTransaction, Now } from '#kernel'
import type { Person } from '#people'
import type { Webauthn } from '#webauthn'
import type { InvitationStore } from './store.ts'

/** What this room is handed. */
export interface Neighbours {
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  webauthn: Pick<Webauthn, 'beginRegistration' | 'finishRegistration'>
  authenticators: Pick<Authenticators, 'addAuthenticator' | 'renameAuthenticator' | 'exclusionsOf' | 'listOf'>
  findPerson: (id: string) => Promise<Person | undefined>
  /** Where a person works, the first place first. */
  organisationsOf: (personId: string) => Promise<{ name: string }[]>
}

export type Deps = Neighbours & { store: InvitationStore }
