import type { RecordAlone, RecordEvent } from '#audit'
import type { InTransaction, Now } from '#kernel'
import type { AssuranceStore } from './store.ts'

/** Where metadata comes from, and who signs it. */
export interface MetadataSettings {
  file: string | undefined
  url: string | undefined
  /** Roots in DER. */
  roots: readonly Buffer[]
  signer: string
  /** For how many days metadata is believed after its next update was due. */
  graceDays: number
}

/** What this room's verbs are handed. */
export interface Deps {
  store: AssuranceStore
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  recordAlone: RecordAlone
  metadata: MetadataSettings
  findOrganisation: (code: string) => Promise<{ id: string } | undefined>
  /** Told when the metadata that is kept is not believed. */
  onUnbelieved: (error: unknown) => void
}
