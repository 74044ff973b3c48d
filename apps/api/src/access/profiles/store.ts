import type { PositionSort } from '@fobwatch/contracts'
import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Named } from '../role.ts'

/** A position, as it is asked about before somebody is put in it. */
export interface PositionHead {
  id: string
  name: string
  organisationId: string
  organisation: Named
  role: Named | null
  duty: Named | null
  openedToSponsors: boolean
  retiredAt: Date | null
}

/** A position in a list. */
export interface PositionRow extends PositionHead {
  /** How many people hold it now. */
  holders: number
}

/** A position with all that there is to say of it. */
export interface WholePosition extends PositionRow {
  granted: Named[]
  effective: Named[]
  workgroups: Named[]
  areaOfWork: string | null
  areaOfWorkCode: string | null
  notes: string | null
  /** The names of who approved it, in full; nobody when the service itself did. */
  approvedBy: string | null
  createdAt: Date
  version: number
}

const pair = (of: string) =>
  `case when ${of}.code is null then null else json_build_object('code', ${of}.code, 'name', ${of}.name) end`

const head = `p.id, p.name, p.organisation_id as "organisationId", ${pair('o')} as organisation, ${pair('r')} as role,
  ${pair('d')} as duty, p.opened_to_sponsors as "openedToSponsors", p.retired_at as "retiredAt"`

const from = `from position p
  join organisation o on o.id = p.organisation_id
  left join job_role r on r.code = p.role_code
  left join duty d on d.code = p.duty_code`

const holders = (now: string) => `(select count(*) from assignment a join person on person.id = a.person_id
    and person.status = 'active' where a.position_id = p.id and a.ended_at is null and a.starts_at <= ${now}
    and (a.expires_at is null or a.expires_at > ${now}))`

const findHead = statement<readonly [string], PositionHead>(
  'access:find-position-head',
  `select ${head} ${from} where p.id = $1`,
)

const pairs = (what: string) =>
  `(select coalesce(json_agg(json_build_object('code', n.code, 'name', n.name) order by n.code), '[]') from ${what})`

// `union` drops what it has seen, so that inclusions that go in a circle come to an end.
const findWhole = statement<readonly [string, Date], WholePosition>(
  'access:find-whole-position',
  `select ${head}, ${holders('$2')} as holders, p.area_of_work as "areaOfWork", p.area_of_work_code as "areaOfWorkCode",
     p.notes, b.given_name || ' ' || b.family_name as "approvedBy", p.created_at as "createdAt", p.version,
     ${pairs('position_activity g join activity n on n.code = g.activity_code where g.position_id = p.id')} as granted,
     ${pairs('position_workgroup g join workgroup n on n.code = g.workgroup_code where g.position_id = p.id')} as workgroups,
     (with recursive may(code) as (
        (select activity_code from position_activity where position_id = p.id
         union select activity_code from baseline_activity where role_code = p.role_code)
        union select i.included_code from may join activity_inclusion i on i.activity_code = may.code)
      select coalesce(json_agg(json_build_object('code', n.code, 'name', n.name) order by n.code), '[]')
      from may join activity n on n.code = may.code) as effective
   ${from} left join person b on b.id = p.approved_by where p.id = $1`,
)

/** What a list of positions is asked for. */
export interface PositionsAsked {
  /** Ids of the organisations that may be looked at. */
  reach: readonly string[]
  /** The organisation whose own are wanted, and not those below it. */
  organisationId: string | null
  /** Part of a name, small letters. */
  search: string | null
  retired: boolean
  /** What the last one of the page before was sorted by, and its id. */
  after: readonly [string, string] | null
  limit: number
}

/** What a list is sorted by, as text, so that one form of cursor does for all. The most held stand first. */
const keys: Record<PositionSort, string> = {
  name: 'lower(p.name)',
  organisation: "lower(o.name) || ' ' || o.code",
  holders: `lpad((1000000000 - ${holders('$1')})::text, 10, '0')`,
}

/** A position in a list, with what it was sorted by. */
export interface SortedPosition extends PositionRow {
  sortedBy: string
}

const listBy = (sort: PositionSort) =>
  statement<
    readonly [Date, readonly string[], string | null, string | null, boolean, string | null, string | null, number],
    SortedPosition
  >(
    `access:list-positions-by-${sort}`,
    `select * from (
       select ${head}, ${holders('$1')} as holders, ${keys[sort]} as "sortedBy"
       ${from}
       where p.organisation_id = any($2::uuid[]) and ($3::uuid is null or p.organisation_id = $3)
         and ($4::text is null or strpos(lower(p.name), $4) > 0 or strpos(lower(coalesce(r.name, d.name, '')), $4) > 0)
         and ($5 or p.retired_at is null)
     ) listed
     where $6::text is null or ("sortedBy" collate "C", id) > ($6 collate "C", $7::uuid)
     order by "sortedBy" collate "C", id limit $8`,
  )

const lists: Record<PositionSort, ReturnType<typeof listBy>> = {
  name: listBy('name'),
  organisation: listBy('organisation'),
  holders: listBy('holders'),
}

/** What may be changed about a position. */
export interface PositionChange {
  version: number
  name: string
  roleCode: string | null
  areaOfWork: Named | null
  notes: string | null
  openedToSponsors: boolean
  approvedBy: string | null
  activities: readonly string[]
  workgroups: readonly string[]
}

const change = statement<
  readonly [string, number, string, string | null, string | null, string | null, string | null, boolean, string | null],
  { version: number }
>(
  'access:change-position',
  `update position set version = version + 1, name = $3, role_code = $4, area_of_work = $5, area_of_work_code = $6,
     notes = $7, opened_to_sponsors = $8, approved_by = $9
   where id = $1 and version = $2 and retired_at is null returning version`,
)

const retire = statement<readonly [string, number, Date], { version: number }>(
  'access:retire-position',
  `update position set version = version + 1, retired_at = $3
   where id = $1 and version = $2 and retired_at is null returning version`,
)

const dropActivities = statement<readonly [string, readonly string[]]>(
  'access:drop-position-activities',
  'delete from position_activity where position_id = $1 and activity_code <> all($2::text[])',
)
const putActivities = statement<readonly [string, readonly string[]]>(
  'access:put-position-activities',
  'insert into position_activity (position_id, activity_code) select $1::uuid, unnest($2::text[]) on conflict do nothing',
)
const dropWorkgroups = statement<readonly [string, readonly string[]]>(
  'access:drop-position-workgroups',
  'delete from position_workgroup where position_id = $1 and workgroup_code <> all($2::text[])',
)
const putWorkgroups = statement<readonly [string, readonly string[]]>(
  'access:put-position-workgroups',
  'insert into position_workgroup (position_id, workgroup_code) select $1::uuid, unnest($2::text[]) on conflict do nothing',
)

const isHeldBy = statement<readonly [string, string, Date], { held: boolean }>(
  'access:is-position-held-by',
  `select exists (select from assignment where position_id = $1 and person_id = $2 and ended_at is null
     and (expires_at is null or expires_at > $3)) as held`,
)

const knownCodes = statement<readonly [string | null, readonly string[]], { role: boolean; activities: number }>(
  'access:known-codes',
  `select ($1::text is null or exists (select from job_role where code = $1)) as role,
     (select count(*)::int from activity where code = any($2::text[])) as activities`,
)

/** Positions as the desk lists, shows and changes them. */
export const profileStore = (store: Store) => ({
  findHead: (id: string, tx?: Transaction) => store.row(findHead, [id], tx),
  findWhole: (id: string, at: Date) => store.row(findWhole, [id, at]),
  list: (sort: PositionSort, at: Date, asked: PositionsAsked) => {
    const [key, id] = asked.after ?? [null, null]
    return store.rows(lists[sort], [
      ...([at, asked.reach, asked.organisationId, asked.search, asked.retired] as const),
      ...([key, id, asked.limit] as const),
    ])
  },
  /** Nothing when it is not at that version any more, or is retired. @returns the new version */
  change: async (tx: Transaction, id: string, to: PositionChange): Promise<number | undefined> => {
    const area = [to.areaOfWork?.name ?? null, to.areaOfWork?.code ?? null] as const
    const rest = [to.notes, to.openedToSponsors, to.approvedBy] as const
    const changed = await store.row(change, [id, to.version, to.name, to.roleCode, ...area, ...rest], tx)
    if (!changed) return undefined
    await store.run(dropActivities, [id, to.activities], tx)
    await store.run(putActivities, [id, to.activities], tx)
    await store.run(dropWorkgroups, [id, to.workgroups], tx)
    await store.run(putWorkgroups, [id, to.workgroups], tx)
    return changed.version
  },
  retire: async (tx: Transaction, id: string, version: number, at: Date) =>
    (await store.row(retire, [id, version, at], tx))?.version,
  /** Whether somebody has it now, or will. */
  isHeldBy: async (tx: Transaction, id: string, personId: string, at: Date) =>
    (await store.row(isHeldBy, [id, personId, at], tx))?.held === true,
  /** Whether the catalogue has a role and all of some activities. */
  hasCodes: async (tx: Transaction, role: string | null, activities: readonly string[]) => {
    const known = await store.row(knownCodes, [role, activities], tx)
    return known?.role === true && known.activities === new Set(activities).size
  },
})

export type ProfileStore = ReturnType<typeof profileStore>
