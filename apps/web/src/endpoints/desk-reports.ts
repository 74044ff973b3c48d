import type {
  AskedReport,
  AssignMany,
  AssignmentsPreview,
  ExpiringAssignments,
  ListExpiring,
  ListWork,
  NewStarters,
  OpenLinks,
  PreviewAssignments,
  ReportPage,
  SignIns,
  SignInsReport,
  WorkCounts,
} from '@fobwatch/contracts'
import type { Nothing } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskReportsEndpoints {
  'GET /api/desk/work': { input: Nothing; output: WorkCounts }
  'GET /api/desk/work/expiring': { input: ListExpiring; output: ExpiringAssignments }
  'GET /api/desk/work/new-starters': { input: ListWork; output: NewStarters }
  'GET /api/desk/work/links': { input: ListWork; output: OpenLinks }
  'GET /api/desk/reports/people': { input: AskedReport; output: ReportPage<'people'> }
  'GET /api/desk/reports/authenticators': { input: AskedReport; output: ReportPage<'authenticators'> }
  'GET /api/desk/reports/positions': { input: AskedReport; output: ReportPage<'positions'> }
  'GET /api/desk/reports/requests': { input: AskedReport; output: ReportPage<'requests'> }
  'GET /api/desk/reports/sign-ins': { input: SignInsReport; output: SignIns }
  'POST /api/desk/assignments/preview': { input: PreviewAssignments; output: AssignmentsPreview }
  'POST /api/desk/assignments/bulk': { input: AssignMany; output: AssignmentsPreview }
}
