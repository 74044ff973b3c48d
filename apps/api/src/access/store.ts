import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Named } from './role.ts'

export type { Store } from '@fobwatch/store'

/** Whether an assignment holds at $2; liveness is derived here and copied nowhere. */
const live = `a.starts_at <= $2 and (a.expires_at is null or a.expires_at > $2) and a.ended_at is null
  and exists (select from person where person.id = a.person_id and person.status = 'active')`

const pairs = (from: string) =>
  `(select coalesce(json_agg(json_build_object('code', n.code, 'name', n.name) order by n.code), '[]') from ${from})`

export interface RoleRow {
  personId: string
  personOrgId: string
  personRoleId: string
  organisationCode: string
  organisationName: string
  position: string
  roleCode: string
  staffGroup: string
  subGroup: string
  roleName: string
  granted: Named[]
  effective: Named[]
  workgroups: Named[]
  areaOfWork: string | null
  areaOfWorkCode: string | null
}

// `union` drops what it has seen, so that inclusions that go in a circle come to an end.
const roles = (condition: string) => `
  select a.person_id as "personId", f.id as "personOrgId", a.id as "personRoleId", o.code as "organisationCode",
    o.name as "organisationName", p.name as position, r.code as "roleCode", r.staff_group as "staffGroup",
    r.sub_group as "subGroup", r.name as "roleName", p.area_of_work as "areaOfWork", p.area_of_work_code as "areaOfWorkCode",
    ${pairs('position_activity g join activity n on n.code = g.activity_code where g.position_id = p.id')} as granted,
    ${pairs('position_workgroup g join workgroup n on n.code = g.workgroup_code where g.position_id = p.id')} as workgroups,
    (with recursive may(code) as (
       (select activity_code from position_activity where position_id = p.id
        union select activity_code from baseline_activity where role_code = p.role_code)
       union select i.included_code from may join activity_inclusion i on i.activity_code = may.code)
     select coalesce(json_agg(json_build_object('code', n.code, 'name', n.name) order by n.code), '[]')
     from may join activity n on n.code = may.code) as effective
  from assignment a
  join position p on p.id = a.position_id
  join job_role r on r.code = p.role_code
  join organisation o on o.id = p.organisation_id
  join affiliation f on f.person_id = a.person_id and f.organisation_id = o.id
  where ${condition} and ${live}
  order by r.name, o.name, p.name, a.id`

const findRole = statement<readonly [string, Date], RoleRow>('access:find-role', roles('a.id = $1'))
const rolesOf = statement<readonly [string, Date], RoleRow>('access:roles-of', roles('a.person_id = $1'))

/** A person at an organisation, in a role or in none. */
export interface Membership extends Named {
  personOrgId: string
  organisationId: string
}

const organisationsOf = statement<readonly [string], Membership>(
  'access:organisations-of',
  `select f.id as "personOrgId", o.id as "organisationId", o.code, o.name
   from affiliation f join organisation o on o.id = f.organisation_id
   where f.person_id = $1 order by f.created_at, o.name`,
)

/** A duty of the registration authority, and the organisation over which (with its children) it is held. */
export interface HeldDuty {
  duty: Named
  organisation: Named & { id: string }
}

const dutiesOf = statement<readonly [string, Date], HeldDuty>(
  'access:duties-of',
  `select json_build_object('code', d.code, 'name', d.name) as duty,
     json_build_object('id', o.id, 'code', o.code, 'name', o.name) as organisation
   from assignment a
   join position p on p.id = a.position_id
   join duty d on d.code = p.duty_code
   join organisation o on o.id = p.organisation_id
   where a.person_id = $1 and ${live} order by o.name, d.name`,
)

// Down from the organisations of the duty; `union` ends a tree that was tied into a circle.
const reachOf = statement<readonly [string, Date, string], { id: string }>(
  'access:reach-of',
  `with recursive reach(id) as (
     select p.organisation_id from assignment a
     join position p on p.id = a.position_id
     join duty_task t on t.duty_code = p.duty_code
     where a.person_id = $1 and ${live} and t.task = $3 and t.allowed = 'yes'
     union select o.id from reach join organisation o on o.parent_id = reach.id)
   select id from reach`,
)

const findOrganisation = statement<readonly [string], Named & { id: string }>(
  'access:find-organisation',
  'select id, code, name from organisation where code = $1',
)

const addOrganisation = statement<readonly [string, string, string, string | null]>(
  'access:add-organisation',
  'insert into organisation (id, code, name, parent_id) values ($1, $2, $3, $4)',
)

const findWorkgroup = statement<readonly [string], Named>(
  'access:find-workgroup',
  'select code, name from workgroup where code = $1',
)

const addWorkgroup = statement<readonly [string, string]>(
  'access:add-workgroup',
  'insert into workgroup (code, name) values ($1, $2)',
)

export interface NewOrganisation {
  /** ODS code. */
  code: string
  name: string
  /** The organisation that it is part of. */
  parentId?: string | undefined
}

/** A named access profile at an organisation. */
export interface NewPosition {
  organisationId: string
  name: string
  roleCode?: string | undefined
  dutyCode?: string | undefined
  areaOfWork?: Named | undefined
  /** Codes of activities that it grants beyond the job role's baseline. */
  activities?: readonly string[] | undefined
  /** Codes of workgroups. */
  workgroups?: readonly string[] | undefined
}

const findPosition = statement<readonly [string, string], { id: string }>(
  'access:find-position',
  'select id from position where organisation_id = $1 and name = $2',
)

const findDutyPosition = statement<readonly [string, string], { id: string }>(
  'access:find-duty-position',
  'select id from position where organisation_id = $1 and duty_code = $2 order by created_at, id limit 1',
)

const addPosition = statement<
  readonly [string, string, string, string | null, string | null, string | null, string | null, Date]
>(
  'access:add-position',
  `insert into position (id, organisation_id, name, role_code, duty_code, area_of_work, area_of_work_code, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)

const grantActivities = statement<readonly [string, readonly string[]]>(
  'access:grant-activities',
  'insert into position_activity (position_id, activity_code) select $1::uuid, unnest($2::text[])',
)

const joinWorkgroups = statement<readonly [string, readonly string[]]>(
  'access:join-workgroups',
  'insert into position_workgroup (position_id, workgroup_code) select $1::uuid, unnest($2::text[])',
)

const findAffiliation = statement<readonly [string, string], { id: string }>(
  'access:find-affiliation',
  'select id from affiliation where person_id = $1 and organisation_id = $2',
)

const addAffiliation = statement<readonly [string, string, string, Date], { id: string }>(
  'access:add-affiliation',
  `insert into affiliation (id, person_id, organisation_id, created_at) values ($1, $2, $3, $4)
   on conflict do nothing returning id`,
)

const findPositionOrganisation = statement<readonly [string], { organisationId: string }>(
  'access:find-position-organisation',
  'select organisation_id as "organisationId" from position where id = $1',
)

/** A person in a position, from a start to an expiry. */
export interface NewAssignment {
  personId: string
  positionId: string
  startsAt: Date
  expiresAt?: Date | undefined
  /** Who assigned it (a person's row id); nobody when the service itself did. */
  assignedBy?: string | undefined
}

const addAssignment = statement<
  readonly [string, string, string, Date, Date | null, string | null, Date],
  { id: string }
>(
  'access:add-assignment',
  `insert into assignment (id, person_id, position_id, starts_at, expires_at, assigned_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing returning id`,
)

const readStore = (store: Store) => ({
  findRole: (assignmentId: string, at: Date) => store.row(findRole, [assignmentId, at]),
  rolesOf: (personId: string, at: Date) => store.rows(rolesOf, [personId, at]),
  organisationsOf: (personId: string) => store.rows(organisationsOf, [personId]),
  dutiesOf: (personId: string, at: Date) => store.rows(dutiesOf, [personId, at]),
  /** Ids of the organisations where the person may do the task without asking. */
  reachOf: async (personId: string, task: string, at: Date) =>
    (await store.rows(reachOf, [personId, at, task])).map(({ id }) => id),
  findOrganisation: (code: string, tx?: Transaction) => store.row(findOrganisation, [code], tx),
  findWorkgroup: (tx: Transaction, code: string) => store.row(findWorkgroup, [code], tx),
  findPosition: async (tx: Transaction, organisationId: string, name: string) =>
    (await store.row(findPosition, [organisationId, name], tx))?.id,
  findDutyPosition: async (tx: Transaction, organisationId: string, dutyCode: string) =>
    (await store.row(findDutyPosition, [organisationId, dutyCode], tx))?.id,
  findAffiliation: async (tx: Transaction, personId: string, organisationId: string) =>
    (await store.row(findAffiliation, [personId, organisationId], tx))?.id,
  organisationOfPosition: async (tx: Transaction, positionId: string) =>
    (await store.row(findPositionOrganisation, [positionId], tx))?.organisationId,
})

const writeStore = (store: Store) => ({
  addOrganisation: (tx: Transaction, id: string, o: NewOrganisation) =>
    store.run(addOrganisation, [id, o.code, o.name, o.parentId ?? null], tx),
  addWorkgroup: (tx: Transaction, { code, name }: Named) => store.run(addWorkgroup, [code, name], tx),
  addPosition: async (tx: Transaction, id: string, p: NewPosition, at: Date) => {
    const area = [p.areaOfWork?.name ?? null, p.areaOfWork?.code ?? null] as const
    const row = [id, p.organisationId, p.name, p.roleCode ?? null, p.dutyCode ?? null, ...area, at] as const
    await store.run(addPosition, row, tx)
    await store.run(grantActivities, [id, p.activities ?? []], tx)
    await store.run(joinWorkgroups, [id, p.workgroups ?? []], tx)
  },
  /** Nothing when the id is taken, or the person is at the organisation already. */
  addAffiliation: async (tx: Transaction, id: string, personId: string, organisationId: string, at: Date) =>
    (await store.row(addAffiliation, [id, personId, organisationId, at], tx))?.id,
  /** Nothing when the id is taken. */
  addAssignment: async (tx: Transaction, id: string, a: NewAssignment, at: Date) => {
    const [expiresAt, assignedBy] = [a.expiresAt ?? null, a.assignedBy ?? null]
    return (await store.row(addAssignment, [id, a.personId, a.positionId, a.startsAt, expiresAt, assignedBy, at], tx))
      ?.id
  },
})

/** The room's tables: organisations, positions, affiliations and assignments; catalogue/store.ts has the rest. */
export const accessStore = (store: Store) => ({ ...readStore(store), ...writeStore(store) })

export type AccessStore = ReturnType<typeof accessStore>
