import type { RecordAlone, RecordEvent } from '#audit'
import type { Publish } from '#jobs'
import type { EndedWhy, InTransaction, Now, Transaction } from '#kernel'
import type { Send } from '#mail'
import type { Person } from '#people'
import type { Webauthn } from '#webauthn'
import type { AuthenticatorStore } from './store.ts'

/** What this room is handed. */
export interface Neighbours {
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  publish: Publish
  /** What authenticators know us by. */
  rpId: string
  webauthn: Pick<Webauthn, 'beginRegistration' | 'finishRegistration'>
  findPerson: (id: string) => Promise<Person | undefined>
  /** Refuses when the session has ended meanwhile, and keeps it from ending before the transaction does. */
  requireLive: (tx: Transaction, sessionId: string) => Promise<void>
  /** Sends a person mail; absent where this service has none. */
  send: Send | undefined
  /** Ends the sessions that an authenticator opened; how many. */
  endSessionsOf: (
    tx: Transaction,
    authenticatorId: string,
    why: Extract<EndedWhy, `authenticator-${string}`>,
  ) => Promise<number>
  /** The AAGUIDs of models that must not be used any more. */
  badModels: () => readonly string[]
}

export type Deps = Neighbours & { store: AuthenticatorStore }
