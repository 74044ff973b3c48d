import type { AuditCheckpoint, AuditPage, ExportAudit, SearchAudit } from '@fobwatch/contracts'
import type { Nothing } from './parts.ts'

/** What the desk's pages of this part call. */
export interface DeskAuditEndpoints {
  'GET /api/desk/audit': { input: SearchAudit; output: AuditPage }
  'GET /api/desk/audit/checkpoint': { input: Nothing; output: AuditCheckpoint }
  'POST /api/desk/audit/exports': { input: ExportAudit; output: Blob }
}
