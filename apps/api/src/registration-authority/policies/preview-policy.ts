import type { PolicyPreview, PreviewPolicy } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { placeOf } from './place.ts'
import { isWithin, policyReach, refuseOutside } from './reach.ts'

/**
 * Says whom a policy would lock out, before it is saved. That somebody asked is recorded, since names are the answer.
 * @throws Refusal `not_found` where there is no such organisation or application; `not_allowed` for a policy out of reach
 */
export const previewPolicy =
  (deps: Deps) =>
  async ({ policy, ...input }: PreviewPolicy, visit: Visit): Promise<PolicyPreview> => {
    const place = await placeOf(deps, input)
    const actor = visitor(visit).personId
    if (!isWithin(await policyReach(deps, actor), place)) return refuseOutside(deps, visit)
    const preview = await deps.policies.previewPolicy({ ...place, policy })
    const details = { scope: place.scope, of: place.scopeId, lockedOut: preview.count }
    await deps.recordAlone({ type: 'policy-previewed', actor, requestId: visit.requestId, details })
    return preview
  }

/** The same for a command, which reaches everywhere. */
export const previewByCommand =
  (deps: Pick<Deps, 'access' | 'findClient' | 'policies'>) =>
  async ({ policy, ...input }: PreviewPolicy): Promise<PolicyPreview> =>
    deps.policies.previewPolicy({ ...(await placeOf(deps, input)), policy })
