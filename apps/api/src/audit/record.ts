import { type Now, newId, type Step, type Transaction } from '#kernel'
import type { AuditEvent, PersonalFields } from './events.ts'
import type { AuditStore, EventRow } from './store.ts'

interface Deps {
  store: AuditStore
  sealFields: (tx: Transaction, personId: string, eventId: string, fields: PersonalFields) => Promise<Buffer | null>
  now: Now
}

/** Records a deed in its own transaction, so that neither is stored without the other. */
export type RecordEvent = (tx: Transaction, event: AuditEvent) => Promise<void>

/** Records what was refused, in a transaction of its own: the deed's has been rolled back. */
export type RecordAlone = (event: AuditEvent) => Promise<void>

/** Records a deed as a step of it, where nobody's personal fields are to be sealed. */
export type RecordStep = (event: AuditEvent & { personal?: undefined }) => Step

const rowOf = ({ now }: Pick<Deps, 'now'>, event: AuditEvent): EventRow => ({
  id: newId(),
  at: now(),
  type: event.type,
  outcome: event.outcome ?? 'done',
  actor: event.actor ?? null,
  person: event.person ?? null,
  client: event.client ?? null,
  requestId: event.requestId ?? null,
  details: event.details ?? {},
  personal: null,
})

/** Adds an event to the log, its personal fields sealed under the key of its person. */
export const record =
  (deps: Deps): RecordEvent =>
  async (tx, event) => {
    const row = rowOf(deps, event)
    const personal = event.personal ? await deps.sealFields(tx, event.person, row.id, event.personal) : null
    await deps.store.addEvent(tx, { ...row, personal })
  }

/** Adds an event to the log, in one step with its deed. */
export const recordStep =
  (deps: Pick<Deps, 'store' | 'now'>): RecordStep =>
  (event) =>
    deps.store.addEventStep(rowOf(deps, event))

/** Adds an event by itself. */
export const recordAlone =
  (deps: Deps): RecordAlone =>
  (event) =>
    deps.store.inTransaction((tx) => record(deps)(tx, event))
