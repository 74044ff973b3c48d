import type { Publish } from '#jobs'
import type { Now } from '#kernel'
import type { ApplicationStore } from './applications/store.ts'
import type { BesideStore } from './beside/store.ts'
import type { EndingStore } from './ending/store.ts'
import type { SessionPolicy } from './rules.ts'
import type { SessionStore } from './store.ts'

/** What is handed to whatever opens, finds and ends sessions. */
export interface LiveSessionDeps {
  store: SessionStore & ApplicationStore & EndingStore & BesideStore
  now: Now
  policy: SessionPolicy
  publish: Publish
}
