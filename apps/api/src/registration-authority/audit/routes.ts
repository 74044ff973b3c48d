import { AuditCheckpoint, AuditPage, ExportAudit, SearchAudit } from '@fobwatch/contracts'
import { type Route, route } from '#http'
import type { Deps } from '../deps.ts'
import { exportLog } from './export-log.ts'
import { searchLog } from './search-log.ts'
import { showCheckpoint } from './show-checkpoint.ts'

/** The desk's routes to the log. */
export const auditRoutes = (deps: Deps): Route[] => [
  route(
    'GET /api/desk/audit',
    'desk:read-audit',
    {
      summary: 'Search the audit log, newest first. That it was read is recorded.',
      querystring: SearchAudit,
      response: AuditPage,
    },
    searchLog(deps),
  ),
  route(
    'GET /api/desk/audit/checkpoint',
    'desk:read-audit',
    { summary: 'The newest checkpoint of the audit log, to be kept elsewhere.', response: AuditCheckpoint },
    showCheckpoint(deps),
  ),
  route(
    'POST /api/desk/audit/exports',
    'fresh desk:export-audit',
    {
      summary: 'Export the whole audit log as a compressed file of JSON lines. It takes a second person.',
      body: ExportAudit,
      file: 'application/gzip',
    },
    exportLog(deps),
  ),
]
