import type { Authenticator, AuthenticatorKind, PausedBecause } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Binding, Trust } from '#assurance'
import type { Transaction } from '#kernel'
import type { Status } from '../rules.ts'
import { statusAt } from '../store.ts'

/** One of a person's, in the deed of somebody who changes it. */
export interface HeldRow {
  id: string
  kind: AuthenticatorKind
  status: Authenticator['status']
  expiresAt: Date | null
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
  `select a.id, a.kind, ${statusAt('$2')}, a.expires_at as "expiresAt", a.status_reason as because,
     a.status_by as "changedBy", a.aaguid, coalesce(a.trusted_facts->'statuses', '[]') as statuses
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

const forgetWords = statement<[string]>(
  'authenticators:forget-words',
  "update authenticator set name = 'Erased', status_note = null where person_id = $1",
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

const activeOf = statement<[readonly string[], string | null, number], { id: string; personId: string }>(
  'authenticators:active-of',
  `select id, person_id as "personId" from authenticator
   where aaguid = any($1::uuid[]) and status = 'active' and ($2::uuid is null or id > $2) order by id limit $3`,
)

/** An authenticator whose maker vouched for it with a certificate, as it was judged last. */
export interface CertifiedRow {
  id: string
  personId: string
  aaguid: string
  attestationObject: Buffer
  trustedBy: Trust['by']
  binding: Binding
  kind: AuthenticatorKind
  backupEligible: boolean
  backupState: boolean
  assuranceLevel: number
  addedAt: Date
}

const judgedBefore = statement<[number, string | null, number], CertifiedRow>(
  'authenticators:judged-before',
  `select id, person_id as "personId", aaguid, attestation_object as "attestationObject", attestation_trust as "trustedBy",
     json_build_object('by', bound_by, 'level', bound_level) as binding, kind, backup_eligible as "backupEligible",
     backup_state as "backupState", assurance_level as "assuranceLevel", created_at as "addedAt"
   from authenticator
   where attestation_trust in ('metadata', 'untrusted') and status <> 'revoked' and metadata_number is distinct from $1
     and ($2::uuid is null or id > $2)
   order by id limit $3`,
)

/** What came of judging an authenticator again, by the metadata of this number. */
export interface Judgement {
  id: string
  number: number
  trust: Trust
  level: number
  reasons: string[]
}

const keepJudgement = statement<[string, number, string, string | null, number, string[]]>(
  'authenticators:keep-judgement',
  `update authenticator set metadata_number = $2, attestation_trust = $3, trusted_facts = $4::jsonb, assurance_level = $5,
     reasons = $6
   where id = $1 and status <> 'revoked' and metadata_number is distinct from $2`,
)

const holderOf = statement<[string], { personId: string }>(
  'authenticators:holder-of',
  'select person_id as "personId" from authenticator where id = $1',
)

/** One that is paused, of anybody's. */
export interface PausedOfAll {
  id: string
  staffId: string
  because: PausedBecause
  since: Date
  kind: AuthenticatorKind
  aaguid: string
  name: string
}

const pausedOfAll = statement<[string | null, Date], PausedOfAll>(
  'authenticators:paused-of-all',
  `select a.id, p.staff_id as "staffId", a.status_reason as because, a.status_at as since, a.kind, a.aaguid, a.name
   from authenticator a join person p on p.id = a.person_id
   where a.status = 'suspended' and (a.expires_at is null or a.expires_at > $2)
     and ($1::text is null or a.status_reason = $1)
   order by a.status_at, a.id`,
)

/** What becomes of the room's table: `authenticator`. */
export const lifeStore = (store: Store) => ({
  /** Locks a person's authenticators until the transaction ends. */
  /** Takes out what people wrote: names and notes. */
  forgetWords: (tx: Transaction, personId: string) => store.run(forgetWords, [personId], tx),
  lockOf: (tx: Transaction, personId: string, at: Date) => store.rows(lockOf, [personId, at], tx),
  /** Zero when it has a status that the change does not lead from. The public key is kept, whatever becomes of it. */
  changeStatus: (tx: Transaction, { id, personId, from, to, overdue, because, note, by, at }: StatusChange) =>
    store.run(changeStatus, [id, personId, from, to, overdue, because, note, by, at], tx),
  /** Zero when it has run out, or was revoked. */
  setExpiry: (tx: Transaction, id: string, personId: string, expiresAt: Date | null, at: Date) =>
    store.run(setExpiry, [id, personId, expiresAt, at], tx),
  /** Those whose time is over, and that are not expired yet. */
  overdue: (at: Date, limit: number) => store.rows(overdue, [at, limit]),
  /** Active ones of these models, by id, after one of them. */
  activeOf: (aaguids: readonly string[], after: string | null, limit: number) =>
    store.rows(activeOf, [aaguids, after, limit]),
  /** Those whose chain was not judged by the metadata of this number, by id, after one of them. */
  judgedBefore: (number: number, after: string | null, limit: number) =>
    store.rows(judgedBefore, [number, after, limit]),
  /** Zero when somebody was faster. */
  keepJudgement: (tx: Transaction, { id, number, trust: { by, facts }, level, reasons }: Judgement) =>
    store.run(keepJudgement, [id, number, by, facts && JSON.stringify(facts), level, reasons], tx),
  holderOf: (id: string) => store.row(holderOf, [id]),
  pausedOfAll: (because: PausedBecause | null, at: Date) => store.rows(pausedOfAll, [because, at]),
})

export type LifeStore = ReturnType<typeof lifeStore>
