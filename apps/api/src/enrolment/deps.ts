import type { RecordAlone, RecordEvent } from '#audit'
import type { Authenticators, TellCeremony } from '#authenticators'
import type { Publish } from '#jobs'
import type { InTransaction, Now } from '#kernel'
import type { Send } from '#mail'
import type { Person } from '#people'
import type { Webauthn } from '#webauthn'
import type { CodeStore } from './codes/store.ts'
import type { InvitationStore } from './store.ts'

/** What this room is handed. */
export interface Neighbours {
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  publish: Publish
  tellCeremony: TellCeremony
  /** The origin that links point to. */
  issuer: string
  /** What short codes, mailed links and addresses are hashed with. */
  codeKey: Uint8Array
  webauthn: Pick<Webauthn, 'beginRegistration' | 'finishRegistration'>
  authenticators: Pick<
    Authenticators,
    'addAuthenticator' | 'renameAuthenticator' | 'undoAdded' | 'exclusionsOf' | 'listOf'
  >
  findPerson: (id: string) => Promise<Person | undefined>
  /** Where a person works, the first place first. */
  organisationsOf: (personId: string) => Promise<{ name: string }[]>
  /** Sends a person mail; absent where this service has none. */
  send: Send | undefined
}

export type Deps = Neighbours & { store: InvitationStore & CodeStore }
