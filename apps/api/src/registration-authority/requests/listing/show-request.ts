import type { RequestParams, WholeRequest } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../../deps.ts'
import { noteRefusal, RuleRefusal } from '../refuse.ts'
import { asWhole } from './view.ts'

/**
 * Shows a request to whoever may decide it, decided it, or raised it.
 * @throws Refusal `not_found` for any other
 */
export const showRequest =
  (deps: Deps) =>
  async ({ id }: RequestParams, visit: Visit): Promise<WholeRequest> => {
    const { personId: actor } = visitor(visit)
    const row = await deps.requests.show(actor, id, deps.now())
    if (!row) throw new Refusal('not_found')
    if (!row.mayDecide && row.raisedBy !== actor && row.decidedBy !== actor) {
      const error = new RuleRefusal('outside')
      await noteRefusal(deps, visit, row, error)
      throw error
    }
    await deps.recordAlone({
      ...{ type: 'person-viewed', actor, person: row.personId, requestId: visit.requestId },
      details: { request: id },
    })
    return asWhole(row, actor)
  }
