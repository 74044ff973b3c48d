import type { PersonalFields } from './events.ts'
import { fieldsOpener, type SealedFields } from './personal-key.ts'
import type { AuditStore } from './store.ts'

interface Deps {
  store: AuditStore
  key: Uint8Array
}

/** Opens the sealed fields of some events, for whoever may see the people whom they are about: that is the caller's to know. */
export type OpenFields = (events: readonly SealedFields[]) => Promise<(event: SealedFields) => PersonalFields | null>

export const openFields =
  (deps: Deps): OpenFields =>
  (events) =>
    fieldsOpener(deps, [...new Set(events.flatMap(({ person }) => person ?? []))])
