import type { Publish } from '#jobs'
import type { Now } from '#kernel'
import type { SessionPolicy } from './rules.ts'
import type { sessionStore } from './store.ts'

/** What is handed to whatever opens, finds and ends sessions. */
export interface LiveSessionDeps {
  store: ReturnType<typeof sessionStore>
  now: Now
  policy: SessionPolicy
  publish: Publish
}
