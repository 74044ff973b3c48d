import type { RecordEvent } from '#audit'
import type { InTransaction, Now } from '#kernel'
import type { Rotation } from './rules.ts'
import type { Vault } from './signer.ts'
import type { KeyStore } from './store.ts'

/** What this room's files are handed. */
export interface Deps {
  store: KeyStore
  vault: Vault
  rotation: Rotation
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
}
