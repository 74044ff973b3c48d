import { type Store, statement } from '@fobwatch/store'
import type { Transaction } from '#kernel'

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

/** The tables that the catalogue fills. Codes stay once given; what links them is replaced. */
export const catalogueStore = (store: Store) => ({
  whole: async (): Promise<Catalogue> =>
    (await store.row(wholeCatalogue, [])) ?? { roles: [], activities: [], duties: [] },
  put: async (tx: Transaction, rows: CatalogueRows): Promise<void> => {
    const steps = [
      [putJobRoles, rows.jobRoles],
      [putActivities, rows.activities],
      [dropInclusions, rows.inclusions],
      [addInclusions, rows.inclusions],
      [dropBaseline, rows.baseline],
      [addBaseline, rows.baseline],
      [putDuties, rows.duties],
      [dropDutyTasks, rows.dutyTasks],
      [putDutyTasks, rows.dutyTasks],
    ] as const
    await store.row(lock, [], tx)
    for (const [step, list] of steps) await store.run(step, [JSON.stringify(list)], tx)
  },
})
