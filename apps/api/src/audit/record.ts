import { type Now, newId, type Transaction } from '#kernel'
import type { AuditEvent, PersonalFields } from './events.ts'
import type { AuditStore } from './store.ts'

interface Deps {
  store: AuditStore
  sealFields: (tx: Transaction, personId: string, eventId: string, fields: PersonalFields) => Promise<Buffer | null>
  now: Now
}

/** Records a deed in its own transaction, so that neither is stored without the other. */
export type RecordEvent = (tx: Transaction, event: AuditEvent) => Promise<void>

/** Records what was refused, in a transaction of its own: the deed's has been rolled back. */
export type RecordAlone = (event: AuditEvent) => Promise<void>

/** Adds an event to the log, its personal fields sealed under the key of its person. */
export const record =
  (deps: Deps): RecordEvent =>
  async (tx, event) => {
    const id = newId()
    await deps.store.addEvent(tx, {
      id,
      at: deps.now(),
      type: event.type,
      outcome: event.outcome ?? 'done',
      actor: event.actor ?? null,
      person: event.person ?? null,
      client: event.client ?? null,
      requestId: event.requestId ?? null,
      details: event.details ?? {},
      personal: event.personal ? await deps.sealFields(tx, event.person, id, event.personal) : null,
    })
  }

/** Adds an event by itself. */
export const recordAlone =
  (deps: Deps): RecordAlone =>
  (event) =>
    deps.store.inTransaction((tx) => record(deps)(tx, event))
