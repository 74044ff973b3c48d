import type { SealedEvent } from './hashes.ts'
import type { StoredEvent } from './store.ts'

/** All that a row says, in the form that is hashed. */
export const sealedEvent = (row: StoredEvent): SealedEvent => ({
  seq: row.seq,
  id: row.id,
  at: row.at.toISOString(),
  storedAt: row.storedAt?.toISOString() ?? null,
  type: row.type,
  outcome: row.outcome,
  actor: row.actor,
  person: row.person,
  client: row.client,
  requestId: row.requestId,
  details: row.details,
  personal: row.personal?.toString('base64url') ?? null,
})
