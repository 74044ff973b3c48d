import type { ListRequests, RequestKind, RequestState } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import { reachOfAll } from '#access'
import type { After } from '../../rules.ts'
import { stands, stateOf } from '../stands.ts'
import { mayDecide } from './may-decide.ts'

/** A request, with the names that it is shown with. */
export interface ListedRow {
  id: string
  kind: RequestKind
  state: RequestState
  organisationCode: string | null
  organisationName: string | null
  personId: string | null
  personStaffId: string | null
  personGivenName: string | null
  personFamilyName: string | null
  raisedBy: string
  raiserStaffId: string
  raiserGivenName: string
  raiserFamilyName: string
  raisedAt: Date
  expiresAt: Date
  heldBy: string | null
  heldUntil: Date | null
  holderGivenName: string | null
  holderFamilyName: string | null
  decidedBy: string | null
  /** The name of the position that it is about. */
  position: string | null
  mayDecide: boolean
}

/** All that there is of one. */
export interface WholeRow extends ListedRow {
  asked: Record<string, unknown>
  note: string | null
  deciderGivenName: string | null
  deciderFamilyName: string | null
  decidedAt: Date | null
  because: string | null
}

// $1 is whoever asks, and $2 the time.
const columns = `r.id, r.kind, ${stateOf('$2')} as state, o.code as "organisationCode", o.name as "organisationName",
  r.person_id as "personId", p.staff_id as "personStaffId", p.given_name as "personGivenName",
  p.family_name as "personFamilyName", r.raised_by as "raisedBy", u.staff_id as "raiserStaffId",
  u.given_name as "raiserGivenName", u.family_name as "raiserFamilyName", r.raised_at as "raisedAt",
  r.expires_at as "expiresAt", case when r.held_until > $2 then r.held_by end as "heldBy",
  case when r.held_until > $2 then r.held_until end as "heldUntil", h.given_name as "holderGivenName",
  h.family_name as "holderFamilyName", r.decided_by as "decidedBy", r.asked, r.note, d.given_name as "deciderGivenName",
  d.family_name as "deciderFamilyName", r.decided_at as "decidedAt", r.decided_because as because,
  q.name as position, ${mayDecide} as "mayDecide", coalesce(r.closed_at, r.expires_at) as "closedAt"`

const from = `from request r
  join person u on u.id = r.raised_by
  left join person p on p.id = r.person_id
  left join organisation o on o.id = r.organisation_id
  left join person h on h.id = r.held_by and r.held_until > $2
  left join person d on d.id = r.decided_by
  left join assignment g on g.id = (r.asked->>'assignment')::char(12)
  left join position q on q.id = coalesce(g.position_id,
    case when r.kind in ('give-duty', 'assign-position') then (r.asked->>'position')::uuid end)`

type Params = readonly [string, Date, RequestKind | null, RequestState | null, Date, Date | null, string | null, number]
export type Paged = ListedRow & { total: number; since: Date }

/** One of the lists: which rows, and what they are ordered by. $5 is how far back closed ones go. */
const list = (name: string, rows: string, key: string, order: 'asc' | 'desc') =>
  statement<Params, Paged>(
    `requests:list-${name}`,
    `with recursive ${reachOfAll},
     listed as (select ${columns} ${from} where ${rows}),
     counted as (select *, ${key} as since, count(*) over () as total from listed
       where ($3::text is null or kind = $3) and ($4::text is null or state = $4) and ${
         name === 'to-decide' ? '"mayDecide"' : name === 'closed' ? `("mayDecide" or "decidedBy" = $1)` : 'true'
       })
     select * from counted where $6::timestamptz is null or (since, id) ${order === 'asc' ? '>' : '<'} ($6, $7::uuid)
     order by since ${order}, id ${order} limit $8`,
  )

const open = `r.status = 'open' and ${stands('$2')} and $5::timestamptz is not null`
const closed = `(r.status not in ('open', 'approved') or not ${stands('$2')}) and coalesce(r.closed_at, r.expires_at) > $5`

export type ListName = NonNullable<ListRequests['list']>

const lists = {
  'to-decide': list('to-decide', open, '"expiresAt"', 'asc'),
  mine: list('mine', `r.raised_by = $1 and (${open} or r.status = 'approved' or ${closed})`, '"raisedAt"', 'desc'),
  closed: list('closed', closed, '"closedAt"', 'desc'),
} satisfies Record<ListName, unknown>

const show = statement<readonly [string | null, Date, string], WholeRow>(
  'requests:show',
  `with recursive ${reachOfAll} select ${columns} ${from} where r.id = $3`,
)

const listAll = statement<readonly [null, Date, RequestState | null, number], WholeRow>(
  'requests:list-all',
  `with recursive ${reachOfAll}, listed as (select ${columns} ${from})
   select * from listed where $3::text is null or state = $3 order by "expiresAt", id limit $4`,
)

export interface Page {
  list: ListName
  kind: RequestKind | null
  state: RequestState | null
  after: After | null
  since: Date
  limit: number
}

export const listingStore = (store: Store) => ({
  list: (who: string, { list, kind, state, after, since, limit }: Page, at: Date) =>
    store.rows(lists[list], [who, at, kind, state, since, after?.since ?? null, after?.id ?? null, limit]),
  show: (who: string | null, id: string, at: Date) => store.row(show, [who, at, id]),
  /** Everybody's, for whoever runs the service. */
  listAll: (state: RequestState | null, limit: number, at: Date) => store.rows(listAll, [null, at, state, limit]),
})
