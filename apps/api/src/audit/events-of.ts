import type { RecordedEvent } from './events.ts'
import { fieldsOpener } from './personal-key.ts'
import type { AuditStore } from './store.ts'

interface Deps {
  store: AuditStore
  key: Uint8Array
}

/** The events about a person, oldest first, with their personal fields unless the person has been forgotten. */
export const eventsOf =
  (deps: Deps) =>
  async (personId: string): Promise<RecordedEvent[]> => {
    const [rows, open] = await Promise.all([deps.store.eventsOf(personId), fieldsOpener(deps, [personId])])
    return rows.map((row) => ({ ...row, personal: open(row) }))
  }
