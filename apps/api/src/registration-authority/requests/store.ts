import type { RequestKind } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { isUsable } from '#authenticators'
import type { Transaction } from '#kernel'

/** A request, as it is stored. */
export interface StoredRequest {
  id: string
  kind: RequestKind
  organisationId: string | null
  personId: string | null
  dutyCode: string | null
  asked: Record<string, unknown>
  raisedBy: string
  raisedWith: string
  decidedBy: string | null
}

/** Which request is to be used, and for what. */
export interface Use {
  id: string
  kind: RequestKind
  actor: string
  personId: string | null
  asked: object
}

export interface NewRequest extends Omit<StoredRequest, 'decidedBy'> {
  note: string | null
  raisedAt: Date
  expiresAt: Date
}

const stored = `r.id, r.kind, r.organisation_id as "organisationId", r.person_id as "personId", r.duty_code as "dutyCode",
  r.asked, r.raised_by as "raisedBy", r.raised_with as "raisedWith", r.decided_by as "decidedBy"`

/**
 * Whether a request stands, in SQL: it has not run out, and its raiser, what they had logged in with and whom it is about
 * are as they have to be. Derived, so that closing a person or suspending a key kills a request with them.
 */
const stands = (now: string) => `(r.expires_at > ${now}
  and exists (select from person u join authenticator w on w.id = r.raised_with and ${isUsable('w', now)}
    where u.id = r.raised_by and u.status = 'active')
  and (r.person_id is null or exists (select from person p where p.id = r.person_id and p.status = any(
    case r.kind when 'reopen-person' then '{closed}' when 'close-person' then '{active,suspended}'
      else '{active}' end::text[]))))`

const add = statement<
  [
    ...[id: string, kind: RequestKind, organisation: string | null, person: string | null, duty: string | null],
    ...[asked: string, note: string | null, by: string, using: string, at: Date, expiresAt: Date],
  ]
>(
  'requests:add',
  `insert into request (id, kind, organisation_id, person_id, duty_code, asked, note, raised_by, raised_with, raised_at,
     expires_at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11)`,
)

// The whole of single use: what was approved, for this deed by this person, and once.
const use = statement<[string, RequestKind, string, string | null, string, Date], StoredRequest>(
  'requests:use',
  `update request r set status = 'done', closed_at = $6
   where r.id = $1 and r.kind = $2 and r.raised_by = $3 and r.person_id is not distinct from $4
     and r.asked = $5::jsonb and r.status = 'approved' and ${stands('$6')}
   returning ${stored}`,
)

const cancel = statement<[string, Date], Pick<StoredRequest, 'id' | 'kind' | 'personId'>>(
  'requests:cancel',
  `update request r set status = 'cancelled', closed_at = $2, held_by = null, held_until = null
   where (r.person_id = $1 or r.raised_by = $1) and r.status in ('open', 'approved')
   returning r.id, r.kind, r.person_id as "personId"`,
)

/** The room's table: `request`. */
export const requestStore = (store: Store) => ({
  add: (tx: Transaction, r: NewRequest) =>
    store.run(
      add,
      [
        ...([r.id, r.kind, r.organisationId, r.personId, r.dutyCode, JSON.stringify(r.asked)] as const),
        ...([r.note, r.raisedBy, r.raisedWith, r.raisedAt, r.expiresAt] as const),
      ],
      tx,
    ),
  /** @returns nothing when there is no such request, or it is not approved, or was used, or is for something else */
  use: (tx: Transaction, { id, kind, actor, personId, asked }: Use, at: Date) =>
    store.row(use, [id, kind, actor, personId, JSON.stringify(asked), at], tx),
  cancel: (tx: Transaction, personId: string, at: Date) => store.rows(cancel, [personId, at], tx),
})

export type RequestStore = ReturnType<typeof requestStore>
