import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Named } from '../role.ts'

/** An organisation as the desk lists it. */
export interface OrganisationRow {
  id: string
  code: string
  name: string
  parentId: string | null
  parent: Named | null
  closedAt: Date | null
  children: number
  positions: number
}

const row = `o.id, o.code, o.name, o.parent_id as "parentId", o.closed_at as "closedAt",
  case when u.id is null then null else json_build_object('code', u.code, 'name', u.name) end as parent,
  (select count(*) from organisation c where c.parent_id = o.id) as children,
  (select count(*) from position p where p.organisation_id = o.id and p.retired_at is null) as positions`
const from = 'from organisation o left join organisation u on u.id = o.parent_id'

const findRow = statement<readonly [string], OrganisationRow>(
  'access:find-organisation-row',
  `select ${row} ${from} where o.code = $1`,
)

/** What a list of organisations is asked for. */
export interface OrganisationsAsked {
  /** Ids of those that may be looked at. */
  reach: readonly string[]
  /** Whose children are wanted; without it and without a search, those at the top of the reach are. */
  under: string | null
  /** Part of a name or the beginning of a code, small letters: found wherever they stand. */
  search: string | null
  /** What the last one of the page before was sorted by, and its id. */
  after: readonly [string, string] | null
  limit: number
}

/** An organisation in a list, with what it was sorted by. */
export interface SortedOrganisation extends OrganisationRow {
  sortedBy: string
}

const list = statement<
  readonly [readonly string[], string | null, string | null, string | null, string | null, number],
  SortedOrganisation
>(
  'access:list-organisations',
  `select ${row}, lower(o.name) as "sortedBy" ${from}
   where o.id = any($1::uuid[])
     and case when $3::text is not null then strpos(lower(o.name), $3) > 0 or starts_with(lower(o.code), $3)
       when $2::uuid is not null then o.parent_id = $2
       else o.parent_id is null or o.parent_id <> all($1::uuid[]) end
     and ($4::text is null or (lower(o.name) collate "C", o.id) > ($4 collate "C", $5::uuid))
   order by lower(o.name) collate "C", o.id limit $6`,
)

const path = statement<readonly [string], Named & { id: string }>(
  'access:organisation-path',
  `with recursive above(id, parent_id, depth) as (
     select id, parent_id, 0 from organisation where id = $1
     union select o.id, o.parent_id, above.depth + 1 from above join organisation o on o.id = above.parent_id
       where above.depth < 50)
   select o.id, o.code, o.name from above join organisation o on o.id = above.id where above.depth > 0
   order by above.depth desc`,
)

// Moves come one after another, so that two at once do not tie a circle that neither of them sees.
const lockTree = statement<readonly []>(
  'access:lock-tree',
  "select pg_advisory_xact_lock(hashtext('fobwatch:organisations'))",
)

const move = statement<readonly [string, string], { id: string }>(
  'access:move-organisation',
  `with recursive below(id) as (
     select $1::uuid union select o.id from below join organisation o on o.parent_id = below.id)
   update organisation set parent_id = $2 where id = $1 and $2::uuid not in (select id from below) returning id`,
)

const rename = statement<readonly [string, string]>(
  'access:rename-organisation',
  'update organisation set name = $2 where id = $1',
)

const close = statement<readonly [string, Date], { id: string }>(
  'access:close-organisation',
  'update organisation set closed_at = $2 where id = $1 and closed_at is null returning id',
)
const reopen = statement<readonly [string], { id: string }>(
  'access:reopen-organisation',
  'update organisation set closed_at = null where id = $1 and closed_at is not null returning id',
)

/** An organisation, by code and the code of what it is part of. */
export interface Placed extends Named {
  parent: string | null
}

const everyOne = statement<readonly [], Placed>(
  'access:every-organisation',
  'select o.code, o.name, u.code as parent from organisation o left join organisation u on u.id = o.parent_id',
)

// First all are there, then each is put in its place, so that the order of a file does not matter.
const putAll = statement<readonly [string]>(
  'access:put-organisations',
  `insert into organisation (id, code, name)
   select gen_random_uuid(), code, name from jsonb_to_recordset($1) as x(code text, name text)
   on conflict (code) do update set name = excluded.name`,
)
const placeAll = statement<readonly [string]>(
  'access:place-organisations',
  `update organisation o set parent_id = u.id
   from jsonb_to_recordset($1) as x(code text, parent text) left join organisation u on u.code = x.parent
   where o.code = x.code`,
)

/** A workgroup, and whose it is. */
export interface WorkgroupRow extends Named {
  organisationId: string | null
  organisation: Named | null
}

const workgroup = `w.code, w.name, w.organisation_id as "organisationId",
  case when o.id is null then null else json_build_object('code', o.code, 'name', o.name) end as organisation
  from workgroup w left join organisation o on o.id = w.organisation_id`

const workgroupsOf = statement<readonly [string], WorkgroupRow>(
  'access:workgroups-of',
  `select ${workgroup} where w.organisation_id = $1 order by w.name, w.code`,
)
const workgroupsByCode = statement<readonly [readonly string[]], WorkgroupRow>(
  'access:workgroups-by-code',
  `select ${workgroup} where w.code = any($1::text[])`,
)
const renameWorkgroup = statement<readonly [string, string]>(
  'access:rename-workgroup',
  'update workgroup set name = $2 where code = $1',
)

/** The tree of organisations, and the workgroups that belong to them. */
export const organisationStore = (store: Store) => ({
  findRow: (code: string, tx?: Transaction) => store.row(findRow, [code], tx),
  list: ({ reach, under, search, after, limit }: OrganisationsAsked) =>
    store.rows(list, [reach, under, search, after?.[0] ?? null, after?.[1] ?? null, limit]),
  /** What is above it, the topmost first. */
  path: (id: string) => store.rows(path, [id]),
  lockTree: async (tx: Transaction) => void (await store.row(lockTree, [], tx)),
  /** False where the new place is below it. */
  move: async (tx: Transaction, id: string, parentId: string) =>
    (await store.row(move, [id, parentId], tx)) !== undefined,
  rename: (tx: Transaction, id: string, name: string) => store.run(rename, [id, name], tx),
  close: async (tx: Transaction, id: string, at: Date) => (await store.row(close, [id, at], tx)) !== undefined,
  reopen: async (tx: Transaction, id: string) => (await store.row(reopen, [id], tx)) !== undefined,
  everyOne: (tx: Transaction) => store.rows(everyOne, [], tx),
  /** Adds or renames each, and puts it below its parent. */
  load: async (tx: Transaction, list: readonly { code: string; name: string; parent: string }[]): Promise<void> => {
    const json = JSON.stringify(list.map(({ code, name, parent }) => ({ code, name, parent })))
    await store.run(putAll, [json], tx)
    await store.run(placeAll, [json], tx)
  },
  workgroupsOf: (organisationId: string) => store.rows(workgroupsOf, [organisationId]),
  workgroupsByCode: (codes: readonly string[], tx?: Transaction) => store.rows(workgroupsByCode, [codes], tx),
  renameWorkgroup: (tx: Transaction, code: string, name: string) => store.run(renameWorkgroup, [code, name], tx),
})

export type OrganisationStore = ReturnType<typeof organisationStore>
