import type { PolicyAtPlace, PolicyPlace } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { modelsIn } from './find-models.ts'
import { type Place, placeOf } from './place.ts'
import { isWithin, policyReach, refuseOutside } from './reach.ts'
import { everyPolicy } from './show-policies.ts'

/** The policies of other places that hold there too. */
const above = async (deps: Deps, { scope, scopeId }: Place, every: Awaited<ReturnType<typeof everyPolicy>>) => {
  if (scope === 'service') return []
  const places = scope === 'organisation' ? await deps.store.selfAndAbove(scopeId) : []
  const others = every.filter((each) => each.scope !== 'client' && each.scopeId !== scopeId)
  return others.filter((each) => each.scope === 'service' || places.includes(each.scopeId))
}

/**
 * Shows the rules of one place, whether it has any, and what else holds there.
 * @throws Refusal `not_found` where there is no such organisation or application; `not_allowed` for a place whose rules are
 *   neither within reach nor above, which is recorded
 */
export const showPlace =
  (deps: Deps) =>
  async (input: PolicyPlace, visit: Visit): Promise<PolicyAtPlace> => {
    const place = await placeOf(deps, input)
    const { personId } = visitor(visit)
    const mayChange = isWithin(await policyReach(deps, personId), place)
    const holdsForThem =
      place.scope === 'service' || (await deps.access.organisationsAbove(personId)).includes(place.scopeId)
    if (!mayChange && !holdsForThem) return refuseOutside(deps, visit)

    const every = await everyPolicy(deps)
    const own = every.find(({ scope, scopeId }) => scope === place.scope && scopeId === place.scopeId)
    const others = (await above(deps, place, every)).map(({ scope, id, name, policy }) => ({ scope, id, name, policy }))
    const { scope, id, name } = place
    const { policy = {}, version = 0, updatedAt = null } = own ?? {}
    const models = modelsIn(deps, [{ policy }, ...others])
    return { scope, id, name, policy, version, updatedAt, mayChange, above: others, models }
  }
