import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'
import type { Profile } from './compare-catalogues.ts'
import type { LoadedCatalogue } from './read-catalogue.ts'

// Each list comes as JSON in one parameter, always in the same order.
const lock = statement<readonly []>(
  'access:lock-catalogue',
  "select pg_advisory_xact_lock(hashtext('fobwatch:catalogue'))",
)

const putJobRoles = statement<readonly [string]>(
  'access:put-job-roles',
  `insert into job_role (code, staff_group, sub_group, name)
   select code, "staffGroup", "subGroup", name
   from jsonb_to_recordset($1) as x(code text, "staffGroup" text, "subGroup" text, name text)
   on conflict (code) do update set staff_group = excluded.staff_group, sub_group = excluded.sub_group, name = excluded.name`,
)

const putActivities = statement<readonly [string]>(
  'access:put-activities',
  `insert into activity (code, name) select code, name from jsonb_to_recordset($1) as x(code text, name text)
   on conflict (code) do update set name = excluded.name`,
)

const dropInclusions = statement<readonly [string]>(
  'access:drop-inclusions',
  `delete from activity_inclusion where (activity_code, included_code) not in
     (select code, included from jsonb_to_recordset($1) as x(code text, included text))`,
)
const addInclusions = statement<readonly [string]>(
  'access:add-inclusions',
  `insert into activity_inclusion (activity_code, included_code)
   select code, included from jsonb_to_recordset($1) as x(code text, included text) on conflict do nothing`,
)

const dropBaseline = statement<readonly [string]>(
  'access:drop-baseline',
  `delete from baseline_activity where (role_code, activity_code) not in
     (select role, activity from jsonb_to_recordset($1) as x(role text, activity text))`,
)
const addBaseline = statement<readonly [string]>(
  'access:add-baseline',
  `insert into baseline_activity (role_code, activity_code)
   select role, activity from jsonb_to_recordset($1) as x(role text, activity text) on conflict do nothing`,
)

const putDuties = statement<readonly [string]>(
  'access:put-duties',
  `insert into duty (code, name) select code, name from jsonb_to_recordset($1) as x(code text, name text)
   on conflict (code) do update set name = excluded.name`,
)

const dropDutyTasks = statement<readonly [string]>(
  'access:drop-duty-tasks',
  `delete from duty_task where (duty_code, task) not in
     (select duty, task from jsonb_to_recordset($1) as x(duty text, task text))`,
)
const putDutyTasks = statement<readonly [string]>(
  'access:put-duty-tasks',
  `insert into duty_task (duty_code, task, allowed)
   select duty, task, allowed from jsonb_to_recordset($1) as x(duty text, task text, allowed text)
   on conflict (duty_code, task) do update set allowed = excluded.allowed`,
)

/** The catalogue as rows. */
export interface CatalogueRows {
  jobRoles: readonly { code: string; staffGroup: string; subGroup: string; name: string }[]
  activities: readonly { code: string; name: string }[]
  inclusions: readonly { code: string; included: string }[]
  baseline: readonly { role: string; activity: string }[]
  duties: readonly { code: string; name: string }[]
  dutyTasks: readonly { duty: string; task: string; allowed: string }[]
}

const wholeCatalogue = statement<readonly [], Catalogue>(
  'access:whole-catalogue',
  `select
     (select coalesce(json_agg(json_build_object('code', r.code, 'name', r.name, 'baseline',
         (select coalesce(json_agg(b.activity_code order by b.activity_code), '[]') from baseline_activity b
          where b.role_code = r.code)) order by r.name, r.code), '[]') from job_role r) as roles,
     (select coalesce(json_agg(json_build_object('code', code, 'name', name) order by code), '[]') from activity) as activities,
     (select coalesce(json_agg(json_build_object('code', code, 'name', name) order by name), '[]') from duty) as duties`,
)

/** The catalogue as people choose from it. */
export interface Catalogue {
  roles: { code: string; name: string; baseline: string[] }[]
  activities: { code: string; name: string }[]
  duties: { code: string; name: string }[]
}

const isLoaded = statement<readonly [], { loaded: boolean }>(
  'access:is-catalogue-loaded',
  'select exists (select from catalogue_load) as loaded',
)

const noteLoad = statement<readonly [string, string | null, Date, string]>(
  'access:note-catalogue-load',
  'insert into catalogue_load (id, loaded_by, loaded_at, digest) values ($1, $2, $3, $4)',
)

const removeRoles = statement<readonly [readonly string[]]>(
  'access:remove-roles',
  'delete from job_role where code <> all($1::text[])',
)
const removeActivities = statement<readonly [readonly string[]]>(
  'access:remove-activities',
  'delete from activity where code <> all($1::text[])',
)

const current = statement<readonly [], LoadedCatalogue>(
  'access:current-catalogue',
  `select
     (select coalesce(json_agg(json_build_object('code', code, 'name', name, 'staffGroup', staff_group,
         'subGroup', sub_group, 'baseline', (select coalesce(json_agg(b.activity_code order by b.activity_code collate "C"), '[]')
           from baseline_activity b where b.role_code = r.code)) order by code), '[]') from job_role r) as roles,
     (select coalesce(json_agg(json_build_object('code', code, 'name', name, 'includes',
         (select coalesce(json_agg(i.included_code order by i.included_code collate "C"), '[]') from activity_inclusion i
           where i.activity_code = a.code)) order by code), '[]') from activity a) as activities`,
)

const notOver = `a.ended_at is null and (a.expires_at is null or a.expires_at > $1)`

const profiles = statement<readonly [Date], Profile>(
  'access:profiles',
  `select p.id, p.name, json_build_object('code', o.code, 'name', o.name) as organisation, p.role_code as "roleCode",
     array(select g.activity_code from position_activity g where g.position_id = p.id order by 1) as granted,
     (select count(distinct a.person_id) from assignment a where a.position_id = p.id and ${notOver}) as people
   from position p join organisation o on o.id = p.organisation_id
   where p.duty_code is null or p.role_code is not null order by o.code, p.name, p.id`,
)

const peopleIn = statement<readonly [Date, readonly string[]], { people: number }>(
  'access:people-in',
  `select count(distinct a.person_id) as people from assignment a where a.position_id = any($2::uuid[]) and ${notOver}`,
)

/** A load, for whoever asks later. */
interface Load {
  id: string
  by: string | null
  at: Date
  digest: string
}

type Step = readonly [ReturnType<typeof statement<readonly [string]>>, readonly object[]]

const linkSteps = ({
  jobRoles,
  activities,
  inclusions,
  baseline,
}: Omit<CatalogueRows, 'duties' | 'dutyTasks'>): Step[] => [
  [putJobRoles, jobRoles],
  [putActivities, activities],
  [dropInclusions, inclusions],
  [addInclusions, inclusions],
  [dropBaseline, baseline],
  [addBaseline, baseline],
]

const dutySteps = ({ duties, dutyTasks }: Pick<CatalogueRows, 'duties' | 'dutyTasks'>): Step[] => [
  [putDuties, duties],
  [dropDutyTasks, dutyTasks],
  [putDutyTasks, dutyTasks],
]

/** The tables that the catalogue fills. */
export const catalogueStore = (store: Store) => {
  const take = async (tx: Transaction, steps: readonly Step[]): Promise<void> => {
    for (const [step, list] of steps) await store.run(step, [JSON.stringify(list)], tx)
  }
  const lockIt = async (tx: Transaction) => void (await store.row(lock, [], tx))
  return {
    whole: async (): Promise<Catalogue> =>
      (await store.row(wholeCatalogue, [])) ?? { roles: [], activities: [], duties: [] },
    /** Brings the duties up to the version's files, and the rest too unless a catalogue was loaded. */
    put: async (tx: Transaction, rows: CatalogueRows): Promise<void> => {
      await lockIt(tx)
      if (!(await store.row(isLoaded, [], tx))?.loaded) await take(tx, linkSteps(rows))
      await take(tx, dutySteps(rows))
    },
    lock: lockIt,
    current: async (tx?: Transaction): Promise<LoadedCatalogue> =>
      (await store.row(current, [], tx)) ?? { roles: [], activities: [] },
    profiles: (at: Date, tx?: Transaction) => store.rows(profiles, [at], tx),
    peopleIn: async (positionIds: readonly string[], at: Date, tx?: Transaction) =>
      (await store.row(peopleIn, [at, positionIds], tx))?.people ?? 0,
    /** Roles and activities become those of a catalogue, and no others. */
    replace: async (tx: Transaction, { roles, activities }: LoadedCatalogue, { id, by, at, digest }: Load) => {
      await take(
        tx,
        linkSteps({
          jobRoles: roles,
          activities,
          inclusions: activities.flatMap(({ code, includes }) => includes.map((included) => ({ code, included }))),
          baseline: roles.flatMap(({ code, baseline }) => baseline.map((activity) => ({ role: code, activity }))),
        }),
      )
      await store.run(removeRoles, [roles.map(({ code }) => code)], tx)
      await store.run(removeActivities, [activities.map(({ code }) => code)], tx)
      await store.run(noteLoad, [id, by, at, digest], tx)
    },
  }
}

export type CatalogueStore = ReturnType<typeof catalogueStore>
