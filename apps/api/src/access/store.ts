import { isUniqueViolation, type Store, statement } from '@fobwatch/store'
import { Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { Named } from './role.ts'
import type { Allowed, Task } from './tasks.ts'

export type { Store } from '@fobwatch/store'

/** Says with a code of ours that a name or a code is taken, where the database says so. */
export const takenAs = async <T>(code: RefusalCode, work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal(code, error) : error
  }
}

/** Whether an assignment holds at $2; liveness is derived here and copied nowhere. */
const live = `a.starts_at <= $2 and (a.expires_at is null or a.expires_at > $2) and a.ended_at is null
  and exists (select from person where person.id = a.person_id and person.status = 'active')`

/**
 * Whether somebody still belongs to a place, in SQL: one whose positions there have all ended has left it, and a newcomer,
 * who has had none since they came, has not. Every room that asks for the people of a place asks so.
 * @param f the alias of `affiliation`
 * @param now the parameter that holds the time
 */
export const belongs = (f: string, now: string): string =>
  `coalesce((select bool_or(held.ended_at is null and (held.expires_at is null or held.expires_at > ${now}))
     from assignment held join position there on there.id = held.position_id
     where held.person_id = ${f}.person_id and there.organisation_id = ${f}.organisation_id
       and held.created_at >= ${f}.created_at), true)`

/**
 * Whether somebody who has left altogether belonged to a place until then, in SQL: it is the place that may bring them back.
 * @param f the alias of `affiliation`
 * @param p the alias of `person`
 */
export const belonged = (f: string, p: string): string =>
  `(${p}.status = 'closed' and coalesce((select bool_or(coalesce(held.ended_at >= ${p}.status_at, true)
       and coalesce(held.expires_at > ${p}.status_at, true))
     from assignment held join position there on there.id = held.position_id
     where held.person_id = ${f}.person_id and there.organisation_id = ${f}.organisation_id
       and held.created_at >= ${f}.created_at), true))`

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

/** A live role, as its person chooses it among others. */
export interface HeldRow {
  id: string
  role: string
  position: string
  organisation: string
  organisationCode: string
}

/**
 * The live roles of somebody as they choose among them, in SQL; `$2` holds the time.
 * @param person their id, in SQL
 */
export const heldBy = (person: string): string => `
  select a.id, r.name as role, p.name as position, o.name as organisation, o.code as "organisationCode"
  from assignment a
  join position p on p.id = a.position_id
  join job_role r on r.code = p.role_code
  join organisation o on o.id = p.organisation_id
  join affiliation f on f.person_id = a.person_id and f.organisation_id = o.id
  where a.person_id = ${person} and ${live}
  order by r.name, o.name, p.name, a.id`

const rolesHeldBy = statement<readonly [string, Date], HeldRow>('access:roles-held-by', heldBy('$1'))

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

// Up from where the person works; `union` ends a tree that was tied into a circle.
const organisationsAbove = statement<readonly [string, Date], { id: string }>(
  'access:organisations-above',
  `with recursive above(id) as (
     select f.organisation_id from affiliation f where f.person_id = $1 and ${belongs('f', '$2')}
     union select o.parent_id from above join organisation o on o.id = above.id where o.parent_id is not null)
   select id from above order by id`,
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

const waysToDo = statement<readonly [string, Date, string], { organisationId: string; allowed: Allowed }>(
  'access:ways-to-do',
  `with recursive reach(id, allowed) as (
     select p.organisation_id, t.allowed from assignment a
     join position p on p.id = a.position_id
     join duty_task t on t.duty_code = p.duty_code
     where a.person_id = $1 and ${live} and t.task = $3
     union select o.id, reach.allowed from reach join organisation o on o.parent_id = reach.id)
   select id as "organisationId", allowed from reach`,
)

const tasksOf = statement<readonly [string, Date], { task: Task }>(
  'access:tasks-of',
  `select distinct t.task from assignment a
   join position p on p.id = a.position_id
   join duty_task t on t.duty_code = p.duty_code
   where a.person_id = $1 and ${live} order by t.task`,
)

/** What the person $1 may do by themselves at $2, and where, in SQL: a table `reach(task, id)` for `with recursive`. */
export const reachOfAll = `reach(task, id) as (
     select t.task, p.organisation_id from assignment a
     join position p on p.id = a.position_id
     join duty_task t on t.duty_code = p.duty_code
     where a.person_id = $1 and ${live} and t.allowed = 'yes'
     union select reach.task, o.id from reach join organisation o on o.parent_id = reach.id)`

// What $1 may do, and where, against what the duties of $3 allow in any way, and where.
const coversDutiesOf = statement<readonly [string, Date, string], { covers: boolean }>(
  'access:covers-duties-of',
  `with recursive ${reachOfAll}
   select not exists (
     select from assignment a
     join position p on p.id = a.position_id and p.duty_code is not null
     left join duty_task t on t.duty_code = p.duty_code
     where a.person_id = $3 and a.ended_at is null and (a.expires_at is null or a.expires_at > $2)
       and not exists (select from reach where reach.task = t.task and reach.id = p.organisation_id)) as covers`,
)

// What a duty allows in any way, at its organisation, against what $1 may do there.
const coversDuty = statement<readonly [string, Date, string, string], { covers: boolean }>(
  'access:covers-duty',
  `with recursive reach(task, id) as (
     select t.task, p.organisation_id from assignment a
     join position p on p.id = a.position_id
     join duty_task t on t.duty_code = p.duty_code
     where a.person_id = $1 and ${live} and t.allowed = 'yes'
     union select reach.task, o.id from reach join organisation o on o.parent_id = reach.id)
   select exists (select from duty where code = $3) and not exists (
     select from duty_task t where t.duty_code = $3
       and not exists (select from reach where reach.task = t.task and reach.id = $4)) as covers`,
)

// What $1 may do at $4, against what they may do at $3.
const coversPlace = statement<readonly [string, Date, string, string], { covers: boolean }>(
  'access:covers-place',
  `with recursive ${reachOfAll}
   select not exists (
     select from reach there where there.id = $4
       and not exists (select from reach here where here.task = there.task and here.id = $3)) as covers`,
)

const holdPositions = statement<readonly [string], object>(
  'access:hold-positions',
  'select from assignment where person_id = $1 and ended_at is null order by id for share',
)

/** What is asked of the room; positions/store.ts and catalogue/store.ts have what is put in it. */
export const accessStore = (store: Store) => ({
  findRole: (assignmentId: string, at: Date) => store.row(findRole, [assignmentId, at]),
  rolesOf: (personId: string, at: Date) => store.rows(rolesOf, [personId, at]),
  rolesHeldBy: (personId: string, at: Date) => store.rows(rolesHeldBy, [personId, at]),
  organisationsOf: (personId: string) => store.rows(organisationsOf, [personId]),
  organisationsAbove: async (personId: string, at: Date, tx?: Transaction) =>
    (await store.rows(organisationsAbove, [personId, at], tx)).map(({ id }) => id),
  dutiesOf: (personId: string, at: Date) => store.rows(dutiesOf, [personId, at]),
  /** Ids of the organisations where the person may do the task without asking. */
  reachOf: async (personId: string, task: string, at: Date, tx?: Transaction) =>
    (await store.rows(reachOf, [personId, at, task], tx)).map(({ id }) => id),
  waysToDo: (personId: string, task: Task, at: Date, tx?: Transaction) =>
    store.rows(waysToDo, [personId, at, task], tx),
  tasksOf: async (personId: string, at: Date) => (await store.rows(tasksOf, [personId, at])).map(({ task }) => task),
  coversDutiesOf: async (tx: Transaction, personId: string, otherId: string, at: Date) =>
    (await store.row(coversDutiesOf, [personId, at, otherId], tx))?.covers === true,
  coversDuty: async (personId: string, duty: string, organisationId: string, at: Date, tx?: Transaction) =>
    (await store.row(coversDuty, [personId, at, duty, organisationId], tx))?.covers === true,
  coversPlace: async (tx: Transaction, personId: string, here: string, there: string, at: Date) =>
    (await store.row(coversPlace, [personId, at, here, there], tx))?.covers === true,
  holdPositions: async (tx: Transaction, personId: string) => void (await store.rows(holdPositions, [personId], tx)),
})

export type AccessStore = ReturnType<typeof accessStore>
