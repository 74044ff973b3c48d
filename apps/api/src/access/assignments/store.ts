import type { AssignmentState } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Named } from '../role.ts'

/** What has not run out, and was not ended: it holds now, or will. */
const notOver = `a.ended_at is null and (a.expires_at is null or a.expires_at > $2)`

/** A position that a person has, will have or had. */
export interface HeldPosition {
  id: string
  position: { id: string; name: string }
  organisation: Named & { id: string }
  role: Named | null
  duty: Named | null
  openedToSponsors: boolean
  state: AssignmentState
  startsAt: Date
  expiresAt: Date | null
  endedAt: Date | null
  /** A person's row id; nobody when the service itself did. */
  assignedBy: string | null
  /** Their names, in full. */
  assignedByName: string | null
}

const held = (condition: string) => `
  select a.id, json_build_object('id', p.id, 'name', p.name) as position,
    json_build_object('id', o.id, 'code', o.code, 'name', o.name) as organisation,
    case when r.code is null then null else json_build_object('code', r.code, 'name', r.name) end as role,
    case when d.code is null then null else json_build_object('code', d.code, 'name', d.name) end as duty,
    p.opened_to_sponsors as "openedToSponsors", a.starts_at as "startsAt", a.expires_at as "expiresAt",
    a.ended_at as "endedAt", a.assigned_by as "assignedBy", b.given_name || ' ' || b.family_name as "assignedByName",
    case when not (${notOver}) then 'over' when a.starts_at > $2 then 'planned' else 'now' end as state
  from assignment a
  join position p on p.id = a.position_id
  join organisation o on o.id = p.organisation_id
  left join job_role r on r.code = p.role_code
  left join duty d on d.code = p.duty_code
  left join person b on b.id = a.assigned_by
  where ${condition}`

const assignmentsOf = statement<readonly [string, Date], HeldPosition>(
  'access:assignments-of',
  `${held('a.person_id = $1')} order by (${notOver}) desc, a.starts_at desc, a.id`,
)

const findAssignment = statement<readonly [string, Date, string], HeldPosition>(
  'access:find-assignment',
  held('a.person_id = $1 and a.id = $3'),
)

/** An assignment that was ended just now. */
export interface EndedAssignment {
  id: string
  positionId: string
}

const endOne = statement<readonly [string, Date, string, string | null], EndedAssignment>(
  'access:end-assignment',
  `update assignment a set ended_at = $2, ended_by = $4 where a.person_id = $1 and a.id = $3 and ${notOver}
   returning a.id, a.position_id as "positionId"`,
)

const endAll = statement<readonly [string, Date, string | null], EndedAssignment>(
  'access:end-assignments-of',
  `update assignment a set ended_at = $2, ended_by = $3 where a.person_id = $1 and ${notOver}
   returning a.id, a.position_id as "positionId"`,
)

// A start that has come stays as it is: what was so from then on cannot be made not to have been.
const changeDates = statement<readonly [string, Date, string, Date | null, Date | null], { id: string }>(
  'access:change-assignment-dates',
  `update assignment a set starts_at = coalesce($4, a.starts_at), expires_at = $5
   where a.person_id = $1 and a.id = $3 and ${notOver} and ($4::timestamptz is null or a.starts_at > $2)
     and ($5::timestamptz is null or $5 > coalesce($4, a.starts_at))
   returning a.id`,
)

/** Who is in which position. */
export const assignmentStore = (store: Store) => ({
  assignmentsOf: (personId: string, at: Date, tx?: Transaction) => store.rows(assignmentsOf, [personId, at], tx),
  findAssignment: (tx: Transaction, personId: string, id: string, at: Date) =>
    store.row(findAssignment, [personId, at, id], tx),
  /** Nothing when it is over. */
  endOne: (tx: Transaction, personId: string, id: string, at: Date, by: string | null) =>
    store.row(endOne, [personId, at, id, by], tx),
  endAll: (tx: Transaction, personId: string, at: Date, by: string | null) =>
    store.rows(endAll, [personId, at, by], tx),
  /** Nothing when it is over, or when a start that is given comes too late. */
  changeDates: async (tx: Transaction, personId: string, id: string, at: Date, dates: Dates) =>
    (await store.row(changeDates, [personId, at, id, dates.startsAt ?? null, dates.expiresAt], tx)) !== undefined,
})

/** New dates of an assignment: the start as it is unless given. */
export interface Dates {
  startsAt?: Date | undefined
  expiresAt: Date | null
}

export type AssignmentStore = ReturnType<typeof assignmentStore>
