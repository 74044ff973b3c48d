/**
 * Audit: what was done, by whom, to whom. Owns the tables `audit_event` and `personal_key`, and in `chain/` those of the
 * batches in which events are sealed; the commands `fobwatch audit …`; no endpoints, which are the desk's.
 * Invariant: the log only grows. A deed's event is stored with the deed or not at all, and the database role that the
 * service runs as can neither change nor remove an event; erasing a person destroys a key and leaves the log alone.
 * Neighbours: every room records here; `kernel` seals personal fields; `keys` signs checkpoints, handed in by `app.ts`;
 * the desk reads and exports. docs/audit.md is the form of an export, for whoever verifies one.
 */
import type { Now } from '#kernel'
import { eventsOf } from './events-of.ts'
import { forgetPerson } from './forget-person.ts'
import { openFields } from './open-fields.ts'
import { sealFields } from './personal-key.ts'
import { record, recordAlone, recordStep } from './record.ts'
import { auditStore, type Store } from './store.ts'

export { type AuditChain, createAuditChain } from './chain/index.ts'
export { auditCommands, auditVerifyCommands } from './commands.ts'
export type { AuditEvent, Details, EventType, PersonalFields, RecordedEvent } from './events.ts'
export type { OpenFields } from './open-fields.ts'
export type { RecordAlone, RecordEvent, RecordStep } from './record.ts'

interface Deps {
  store: Store
  /** 32 bytes, under which the keys of persons are sealed. */
  key: Uint8Array
  now: Now
}

/** Opens the room. */
export const createAudit = ({ store, key, now }: Deps) => {
  const deps = { store: auditStore(store), key, now }
  const recording = { ...deps, sealFields: sealFields(deps) }
  const recordEvent = record(recording)
  return {
    record: recordEvent,
    recordAlone: recordAlone(recording),
    recordStep: recordStep(deps),
    eventsOf: eventsOf(deps),
    newestOf: deps.store.newestOf,
    newest: deps.store.newest,
    openFields: openFields(deps),
    forgetPerson: forgetPerson({ ...deps, record: recordEvent }),
  }
}

export type Audit = ReturnType<typeof createAudit>
