import type { PolicyPlace, PreviewPolicy, SavedPolicy, SavePolicy } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { isRefusal, type RefusalCode } from '#kernel'
import type { Deps } from '../deps.ts'
import { placeOf } from './place.ts'
import { isWithin, policyReach, refuseOutside } from './reach.ts'

/**
 * Changes a policy that somebody has looked at.
 * @returns its version from then on
 * @throws Refusal `not_found`, `not_allowed` for a policy out of reach; `policy_changed` when it is not the version that was
 *   looked at; `policy_locks_out` when it locks out another number of people than was acknowledged; `not_signed_in` when
 *   the session ended meanwhile
 */
export const savePolicy =
  (deps: Deps) =>
  async ({ scope, id, ...saving }: PolicyPlace & SavePolicy, visit: Visit): Promise<SavedPolicy> => {
    const signedIn = visitor(visit)
    const { personId: actor } = signedIn
    const place = await placeOf(deps, { scope, id })
    try {
      const version = await deps.inTransaction(async (tx) => {
        await deps.sessions.requireLive(tx, signedIn)
        await deps.access.holdPositions(tx, actor)
        if (!isWithin(await policyReach(deps, actor, tx), place)) return undefined
        return deps.policies.savePolicy(tx, { ...place, ...saving, actor, requestId: visit.requestId })
      })
      return version === undefined ? await refuseOutside(deps, visit) : { version }
    } catch (error) {
      if (isRefusal(error, 'policy_changed') || isRefusal(error, 'policy_locks_out'))
        await recordRefusal(deps, visit, place.scope, place.scopeId, error.code)
      throw error
    }
  }

const recordRefusal = (deps: Deps, visit: Visit, scope: string, of: string, code: RefusalCode) =>
  deps.recordAlone({
    type: 'policy-changed',
    outcome: 'refused',
    actor: visitor(visit).personId,
    requestId: visit.requestId,
    details: { code, scope, of },
  })

/**
 * The same for a command, which reaches everywhere and changes whichever version there is.
 * @throws Refusal `not_found`, `policy_locks_out`
 */
export const saveByCommand =
  (deps: Pick<Deps, 'access' | 'findClient' | 'policies' | 'inTransaction'>) =>
  async ({ policy, acknowledged, ...input }: PreviewPolicy & { acknowledged: number }): Promise<SavedPolicy> => {
    const place = await placeOf(deps, input)
    const saving = { ...place, policy, acknowledged, version: null, actor: null }
    return { version: await deps.inTransaction((tx) => deps.policies.savePolicy(tx, saving)) }
  }
