import type { ModelFacts, Trust } from '#assurance'
import type { RecordAlone, RecordEvent } from '#audit'
import type { SignedIn } from '#http'
import type { Publish } from '#jobs'
import type { ClosedWhy, InTransaction, Now, Transaction } from '#kernel'
import type { Send } from '#mail'
import type { Person } from '#people'
import type { RegistrationEvidence, Webauthn } from '#webauthn'
import type { TellCeremony } from './ceremonies.ts'
import type { LifeStore } from './life/store.ts'
import type { AuthenticatorStore } from './store.ts'
import type { UseStore } from './use/store.ts'

/** A maker's word, to be judged by the anchors that count for people of some organisations. */
export interface MakersWord extends Pick<RegistrationEvidence, 'aaguid' | 'attestation'> {
  /** Ids. */
  organisations: readonly string[]
  /** When it was said, if not now. */
  attestedAt?: Date
}

/** What this room is handed. */
export interface Neighbours {
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  publish: Publish
  tellCeremony: TellCeremony
  /** What authenticators know us by. */
  rpId: string
  webauthn: Pick<Webauthn, 'beginRegistration' | 'finishRegistration'>
  findPerson: (id: string, tx?: Transaction) => Promise<Person | undefined>
  findPersonByStaffId: (staffId: string) => Promise<Person | undefined>
  /** Ids of a person's organisations and of all above them. */
  organisationsAbove: (personId: string, tx?: Transaction) => Promise<string[]>
  judgeTrust: (word: MakersWord, tx: Transaction) => Promise<Trust>
  /** What the newest metadata says of a model. */
  modelOf: (aaguid: string) => ModelFacts | undefined
  /** The AAGUID and the name of every model that metadata names. */
  modelNames: () => [aaguid: string, name: string][]
  /** Which metadata there is; it grows. */
  metadataNumber: () => number | undefined
  /** Whether metadata may be believed now. */
  metadataIsCurrent: () => boolean
  /** Refuses when the session has ended meanwhile or goes on otherwise, and keeps it so until the transaction ends. */
  requireLive: (
    tx: Transaction,
    session: Pick<SignedIn, 'sessionId' | 'authenticatorId' | 'assuranceLevel'>,
  ) => Promise<void>
  /** Sends a person mail; absent where this service has none. */
  send: Send | undefined
  /** Ends the sessions that an authenticator opened; how many. */
  endSessionsOf: (tx: Transaction, authenticatorId: string, why: ClosedWhy) => Promise<number>
  /** The AAGUIDs of models that must not be used any more. */
  badModels: () => readonly string[]
}

export type Deps = Neighbours & { store: AuthenticatorStore & LifeStore & UseStore }
