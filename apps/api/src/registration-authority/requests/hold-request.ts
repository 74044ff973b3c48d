import type { HeldRequest, RequestParams } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { noteRefusal, RuleRefusal } from './refuse.ts'
import { askedFor, heldUntil, whyNotDecide } from './rules.ts'
import { standingOf } from './standing.ts'

/**
 * Keeps a request from others for 15 minutes, for whoever opens it and may decide it; again, for 15 more.
 * @throws Refusal `not_found` and `not_allowed` as `approveRequest` does; `request_not_open`; `request_held` by somebody else
 */
export const holdRequest =
  (deps: Deps) =>
  async ({ id }: RequestParams, visit: Visit): Promise<HeldRequest> => {
    const { personId } = visitor(visit)
    const at = deps.now()
    const request = await deps.requests.find(id, at)
    if (!request) throw new Refusal('not_found')
    try {
      const [raiser, mine] = [
        await standingOf(deps, request.raisedBy, request),
        await standingOf(deps, personId, request),
      ]
      const why = whyNotDecide(askedFor(request), raiser, mine)
      if (why) throw new RuleRefusal(why)
      const held = await deps.requests.hold(id, personId, heldUntil(at), at)
      if (held) return { heldUntil: held.heldUntil.toISOString() }
      const now = await deps.requests.find(id, at)
      throw new Refusal(now?.state === 'open' ? 'request_held' : 'request_not_open')
    } catch (error) {
      await noteRefusal(deps, visit, request, error)
      throw error
    }
  }

/** Lets go of a request that one holds; of one that one does not hold, nothing comes. */
export const letGoOfRequest =
  (deps: Deps) =>
  async ({ id }: RequestParams, visit: Visit): Promise<void> => {
    await deps.requests.letGo(id, visitor(visit).personId)
  }
