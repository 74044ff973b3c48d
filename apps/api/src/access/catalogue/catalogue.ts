import activities from './data/activities.json' with { type: 'json' }
import baseline from './data/baseline.json' with { type: 'json' }
import duties from './data/duties.json' with { type: 'json' }
import jobRoles from './data/job-roles.json' with { type: 'json' }
import type { CatalogueRows } from './store.ts'

interface ActivityLine {
  code: string
  name: string
  /** Codes of what who may do this may do too. */
  includes?: string[]
}

interface DutyLine {
  code: string
  name: string
  /** What the duty allows, by task. */
  tasks: { [task: string]: string }
}

interface CatalogueFiles {
  jobRoles: CatalogueRows['jobRoles']
  activities: readonly ActivityLine[]
  baseline: { readonly [roleCode: string]: readonly string[] }
  duties: readonly DutyLine[]
}

/** The files of this version of the service. */
export const catalogueFiles: CatalogueFiles = { jobRoles, activities, baseline, duties }

/** Turns the files, which are made for reading, into rows. */
export const catalogueRows = (files: CatalogueFiles): CatalogueRows => ({
  jobRoles: files.jobRoles,
  activities: files.activities.map(({ code, name }) => ({ code, name })),
  inclusions: files.activities.flatMap(({ code, includes = [] }) => includes.map((included) => ({ code, included }))),
  baseline: Object.entries(files.baseline).flatMap(([role, codes]) => codes.map((activity) => ({ role, activity }))),
  duties: files.duties.map(({ code, name }) => ({ code, name })),
  dutyTasks: files.duties.flatMap(({ code, tasks }) =>
    Object.entries(tasks).map(([task, allowed]) => ({ duty: code, task, allowed })),
  ),
})
