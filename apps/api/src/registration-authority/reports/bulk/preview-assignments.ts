import type { AssignmentsPreview, PreviewAssignments } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../../deps.ts'
import { asTold, judgeRows } from './judge-rows.ts'
import { readRows } from './read-rows.ts'

/**
 * Says what a file of assignments would do, row by row, and does nothing.
 * @throws Refusal `file_invalid` where the whole of it cannot be read
 */
export const previewAssignments =
  (deps: Deps) =>
  async ({ csv }: PreviewAssignments, visit: Visit): Promise<AssignmentsPreview> => {
    const actor = visitor(visit).personId
    const told = asTold(await judgeRows(deps, actor, readRows(csv)))
    const details = { intake: 'assignments', ...told.counts }
    await deps.recordAlone({ type: 'intake-previewed', actor, requestId: visit.requestId, details })
    return told
  }
