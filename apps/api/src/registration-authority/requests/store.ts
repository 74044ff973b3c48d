import type { RequestKind, RequestState } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { belongs, reachOfAll } from '#access'
import type { Transaction } from '#kernel'
import { coversDuty, coversPerson, isSame } from './listing/may-decide.ts'
import { listingStore } from './listing/store.ts'
import type { Standing } from './rules.ts'
import { stands, stateOf } from './stands.ts'

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

const cancelAll = statement<[Date], Pick<StoredRequest, 'id' | 'kind' | 'personId'>>(
  'requests:cancel-all',
  `update request r set status = 'cancelled', closed_at = $1, held_by = null, held_until = null
   where r.status in ('open', 'approved') returning r.id, r.kind, r.person_id as "personId"`,
)

export interface Decision {
  id: string
  status: 'approved' | 'done' | 'rejected'
  /** A person's row id, or null for whoever decides by command. */
  by: string | null
  at: Date
  because: string | null
  closedAt: Date | null
  /** Until when it can be used; as it was when null. */
  expiresAt: Date | null
}

/** A request as it is now. */
export interface FoundRequest extends StoredRequest {
  state: RequestState
  /** Who holds it now. */
  heldBy: string | null
}

const find = statement<[string, Date], FoundRequest>(
  'requests:find',
  `select ${stored}, ${stateOf('$2')} as state, case when r.held_until > $2 then r.held_by end as "heldBy"
   from request r where r.id = $1`,
)

// The same again, while the first is open or can be used.
const isRaised = statement<[string, RequestKind, string | null, string, Date], { found: boolean }>(
  'requests:is-raised',
  `select exists (select from request r where r.raised_by = $1 and r.kind = $2 and r.person_id is not distinct from $3
     and r.asked = $4::jsonb and r.status in ('open', 'approved') and ${stands('$5')}) as found`,
)

// Whoever opens it first has it, until they let go of it or their time is over.
const hold = statement<[string, string, Date, Date], { heldUntil: Date }>(
  'requests:hold',
  `update request r set held_by = $2, held_until = $3
   where r.id = $1 and r.status = 'open' and (r.held_by is null or r.held_by = $2 or r.held_until <= $4) and ${stands('$4')}
   returning r.held_until as "heldUntil"`,
)

const letGo = statement<[string, string]>(
  'requests:let-go',
  `update request set held_by = null, held_until = null where id = $1 and held_by = $2 and status = 'open'`,
)

// Decided once, by whoever holds it; by command while nobody does.
const decide = statement<
  [
    ...[id: string, status: RequestState, by: string | null, at: Date, because: string | null],
    ...[closedAt: Date | null, expiresAt: Date | null],
  ],
  StoredRequest
>(
  'requests:decide',
  `update request r set status = $2, decided_by = $3, decided_at = $4, decided_because = $5, closed_at = $6,
     expires_at = coalesce($7, r.expires_at), held_by = null, held_until = null
   where r.id = $1 and r.status = 'open' and ${stands('$4')}
     and case when $3::uuid is null then r.held_by is null or r.held_until <= $4
       else r.held_by = $3 and r.held_until > $4 end
   returning ${stored}`,
)

const withdraw = statement<[string, string, Date], StoredRequest>(
  'requests:withdraw',
  `update request r set status = 'withdrawn', closed_at = $3, held_by = null, held_until = null
   where r.id = $1 and r.raised_by = $2 and r.status in ('open', 'approved') and ${stands('$3')} returning ${stored}`,
)

/** Where a request belongs, and the duty that it would give or take. */
export interface Place {
  organisationId: string
  dutyCode: string | null
}

const placeOfPosition = statement<[string], Place>(
  'requests:place-of-position',
  'select organisation_id as "organisationId", duty_code as "dutyCode" from position where id = $1',
)

const placeOfAssignment = statement<[string, string, Date], Place>(
  'requests:place-of-assignment',
  `select p.organisation_id as "organisationId", p.duty_code as "dutyCode"
   from assignment a join position p on p.id = a.position_id
   where a.id = $1 and a.person_id = $2 and a.ended_at is null and (a.expires_at is null or a.expires_at > $3)`,
)

// Whoever has left belongs nowhere any more, and is asked for where they were.
const placeOfPerson = statement<[string, readonly string[], Date], Place>(
  'requests:place-of-person',
  `select f.organisation_id as "organisationId", null as "dutyCode"
   from affiliation f join person on person.id = f.person_id
   where f.person_id = $1 and f.organisation_id = any($2::uuid[]) and (person.status = 'closed' or ${belongs('f', '$3')})
   order by f.created_at, f.id limit 1`,
)

type Facts = Omit<Standing, 'isAbout' | 'allowed'>

const standing = statement<[string, Date, string | null, string | null, string | null, string], Facts>(
  'requests:standing',
  `with recursive ${reachOfAll}
   select ${isSame('$6::uuid', '$1::uuid')} as "isRaiser", ${isSame('$5::uuid', '$1::uuid')} as "isTheirs",
     exists (select from reach where reach.task = 'decide-requests' and reach.id = $3) as decides,
     ${coversDuty('$4::text', '$3::uuid')} as "coversDuty", ${coversPerson('$5::uuid', '$2')} as "coversPerson",
     (select identity_level from person where id = $1) as "identityLevel"`,
)

const areSame = statement<[string, string], { found: boolean }>(
  'requests:are-same',
  `select ${isSame('$1::uuid', '$2::uuid')} as found`,
)

const forget = statement<[string]>(
  'requests:forget',
  `update request set asked = '{}', note = null, decided_because = null where person_id = $1`,
)

/** The room's table: `request`. */
export const requestStore = (store: Store) => ({
  ...listingStore(store),
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
  isRaised: async (
    tx: Transaction,
    { raisedBy, kind, personId, asked }: Pick<NewRequest, 'raisedBy' | 'kind' | 'personId' | 'asked'>,
    at: Date,
  ) => (await store.row(isRaised, [raisedBy, kind, personId, JSON.stringify(asked), at], tx))?.found === true,
  find: (id: string, at: Date, tx?: Transaction) => store.row(find, [id, at], tx),
  /** @returns nothing when it is not open, or somebody else holds it */
  hold: (id: string, by: string, until: Date, at: Date) => store.row(hold, [id, by, until, at]),
  letGo: (id: string, by: string) => store.run(letGo, [id, by]),
  /** @returns nothing when it is not open, or whoever decides does not hold it */
  decide: (tx: Transaction, { id, status, by, at, because, closedAt, expiresAt }: Decision) =>
    store.row(decide, [id, status, by, at, because, closedAt, expiresAt], tx),
  withdraw: (tx: Transaction, id: string, by: string, at: Date) => store.row(withdraw, [id, by, at], tx),
  standing: async (
    who: string,
    r: Pick<StoredRequest, 'organisationId' | 'dutyCode' | 'personId' | 'raisedBy'>,
    at: Date,
    tx?: Transaction,
  ): Promise<Facts> => {
    const row = await store.row(standing, [who, at, r.organisationId, r.dutyCode, r.personId, r.raisedBy], tx)
    if (!row) throw new Error('A select without a table has one row')
    return row
  },
  placeOfPosition: (tx: Transaction, id: string) => store.row(placeOfPosition, [id], tx),
  placeOfAssignment: (tx: Transaction, id: string, personId: string, at: Date) =>
    store.row(placeOfAssignment, [id, personId, at], tx),
  placeOfPerson: (tx: Transaction, personId: string, reach: readonly string[], at: Date) =>
    store.row(placeOfPerson, [personId, reach, at], tx),
  /** Whether two profiles are, for all that is known, of one person. */
  isSame: async (tx: Transaction, one: string, other: string) =>
    (await store.row(areSame, [one, other], tx))?.found === true,
  /** Takes out what was written in requests about somebody; that they were made stays. */
  forget: (tx: Transaction, personId: string) => store.run(forget, [personId], tx),
  cancelAll: (tx: Transaction, at: Date) => store.rows(cancelAll, [at], tx),
  cancel: (tx: Transaction, personId: string, at: Date) => store.rows(cancel, [personId, at], tx),
})

export type RequestStore = ReturnType<typeof requestStore>
