import {
  AssignMany,
  AssignmentsPreview,
  AuthenticatorsReport,
  ExpiringAssignments,
  ListExpiring,
  ListWork,
  NewStarters,
  OpenLinks,
  PeopleReport,
  PositionsReport,
  PreviewAssignments,
  type ReportName,
  RequestsReport,
  reportPages,
  SignIns,
  SignInsReport,
  WorkCounts,
} from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { assignMany } from './bulk/assign-many.ts'
import { previewAssignments } from './bulk/preview-assignments.ts'
import { exportReport } from './export-report.ts'
import { readReport } from './read-report.ts'
import { reportSignIns } from './sign-ins.ts'
import { countWork, listExpiring, listNewStarters, listOpenLinks } from './work.ts'

/** A file of 1,000 rows is longer than what is sent elsewhere. */
const bodyLimit = 512 * 1024

const work = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/work',
    'desk:find-person?',
    { summary: 'Count what there is to do.', response: WorkCounts },
    countWork(deps),
  ),
  route(
    'GET /api/desk/work/expiring',
    'desk:assign-position?',
    { summary: 'List assignments that end soon.', querystring: ListExpiring, response: ExpiringAssignments },
    listExpiring(deps),
  ),
  route(
    'GET /api/desk/work/new-starters',
    'desk:issue-authenticator',
    { summary: 'List new people who have no way to log in.', querystring: ListWork, response: NewStarters },
    listNewStarters(deps),
  ),
  route(
    'GET /api/desk/work/links',
    'desk:issue-authenticator',
    { summary: 'List links, codes and passes that are open.', querystring: ListWork, response: OpenLinks },
    listOpenLinks(deps),
  ),
]

const asked = {
  people: PeopleReport,
  authenticators: AuthenticatorsReport,
  positions: PositionsReport,
  requests: RequestsReport,
}

const report = <N extends ReportName>(deps: Deps, name: N, what: string): Route[] => [
  route(
    `GET /api/desk/reports/${name}`,
    `desk:report-${name}?`,
    { summary: `Report ${what}, a page at a time.`, querystring: asked[name], response: reportPages[name] },
    readReport(deps, name) as never,
  ),
  route(
    `GET /api/desk/reports/${name}.csv`,
    `desk:report-${name}?`,
    { summary: `Report ${what} as CSV.`, querystring: asked[name], file: 'text/csv; charset=utf-8' },
    exportReport(deps, name) as never,
  ),
]

/** The desk's routes to lists of work, reports and bulk assignment. */
export const reportRoutes = (deps: Deps): Route[] => [
  ...work(deps),
  ...report(deps, 'people', 'people'),
  ...report(deps, 'authenticators', 'what people log in with'),
  ...report(deps, 'positions', 'who is in which position'),
  ...report(deps, 'requests', 'requests'),
  route(
    'GET /api/desk/reports/sign-ins',
    'desk:report-sign-ins?',
    { summary: 'Count log ins by level and kind.', querystring: SignInsReport, response: SignIns },
    reportSignIns(deps),
  ),
  route(
    'POST /api/desk/assignments/preview',
    'desk:assign-position?',
    {
      summary: 'See what a file of assignments would do.',
      body: PreviewAssignments,
      response: AssignmentsPreview,
      bodyLimit,
    },
    previewAssignments(deps),
  ),
  route(
    'POST /api/desk/assignments/bulk',
    'fresh desk:assign-position?',
    { summary: 'Give the positions of a file.', body: AssignMany, response: AssignmentsPreview, bodyLimit },
    assignMany(deps),
  ),
]
