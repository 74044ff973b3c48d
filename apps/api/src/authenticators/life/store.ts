import type { Authenticator, PausedBecause } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Status } from '../rules.ts'
import { statusAt } from '../store.ts'

/** One of a person's, in the deed of somebody who changes it. */
export interface HeldRow {
  id: string
  status: Authenticator['status']
  because: PausedBecause | null
  changedBy: string | null
  aaguid: string
  /** Status reports that count for it, by the attestation that was trusted. */
  statuses: string[]
}

/** A change of status, by compare-and-set. */
export interface StatusChange {
  id: string
  personId: string
  from: readonly Status[]
  to: Status
  /** Whether it must have run out by then, or must not have; null where it does not matter. */
  overdue: boolean | null
  because: string | null
  note: string | null
  by: string | null
  at: Date
}

// Whoever asks next waits until this transaction is over, and then sees what it left.
const lockOf = statement<[string, Date], HeldRow>(
  'authenticators:lock-of',
  `select a.id, ${statusAt('$2')}, a.status_reason as because, a.status_by as "changedBy", a.aaguid,
     coalesce(a.trusted_facts->'statuses', '[]') as statuses
   from authenticator a where a.person_id = $1 and a.status <> 'revoked' order by a.id for no key update`,
)

const changeStatus = statement<
  [
    ...[id: string, personId: string, from: readonly Status[], to: Status, overdue: boolean | null],
    ...[because: string | null, note: string | null, by: string | null, at: Date],
  ]
>(
  'authenticators:change-status',
  `update authenticator set status = $4, status_reason = $6, status_note = $7, status_by = $8, status_at = $9
   where id = $1 and person_id = $2 and status = any($3::text[])
     and ($5::boolean is null or coalesce(expires_at <= $9, false) = $5)`,
)

const setExpiry = statement<[string, string, Date | null, Date]>(
  'authenticators:set-expiry',
  `update authenticator set expires_at = $3
   where id = $1 and person_id = $2 and status in ('active', 'suspended') and (expires_at is null or expires_at > $4)`,
)

const overdue = statement<[Date, number], { id: string; personId: string }>(
  'authenticators:overdue',
  `select id, person_id as "personId" from authenticator
   where expires_at <= $1 and status in ('active', 'suspended') order by expires_at, id limit $2`,
)

/** What becomes of the room's table: `authenticator`. */
export const lifeStore = (store: Store) => ({
  /** Locks a person's authenticators until the transaction ends. */
  lockOf: (tx: Transaction, personId: string, at: Date) => store.rows(lockOf, [personId, at], tx),
  /** Zero when it has a status that the change does not lead from. The public key is kept, whatever becomes of it. */
  changeStatus: (tx: Transaction, { id, personId, from, to, overdue, because, note, by, at }: StatusChange) =>
    store.run(changeStatus, [id, personId, from, to, overdue, because, note, by, at], tx),
  /** Zero when it has run out, or was revoked. */
  setExpiry: (tx: Transaction, id: string, personId: string, expiresAt: Date | null, at: Date) =>
    store.run(setExpiry, [id, personId, expiresAt, at], tx),
  /** Those whose time is over, and that are not expired yet. */
  overdue: (at: Date, limit: number) => store.rows(overdue, [at, limit]),
})

export type LifeStore = ReturnType<typeof lifeStore>
