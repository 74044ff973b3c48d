import type { RecordEvent } from '#audit'
import type { PolicyStore } from './store.ts'
import type { KnownNow } from './subject.ts'

/** What the verbs about policies are handed. */
export interface PolicyDeps extends KnownNow {
  store: PolicyStore
  record: RecordEvent
}
