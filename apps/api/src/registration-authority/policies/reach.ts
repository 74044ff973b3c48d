import type { PolicyOf } from '#authenticators'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'

/** How far somebody may set policies. */
export interface Reach {
  organisations: readonly string[]
  /** Over every organisation that is part of no other, and so over everybody. */
  everywhere: boolean
}

const task = 'set-policy'

/** How far a person may set policies, at this moment. */
export const policyReach = async (deps: Deps, personId: string, tx?: Transaction): Promise<Reach> => {
  const organisations = await deps.access.reachOf(personId, task, tx)
  return { organisations, everywhere: await reachesEverybody(deps, personId, task, tx) }
}

/**
 * Whether a policy there is within reach. One of an organisation holds for its people and those below; one of the service
 * or of an application holds for everybody, and takes a reach over everybody.
 */
export const isWithin = ({ organisations, everywhere }: Reach, { scope, scopeId }: PolicyOf): boolean =>
  scope === 'organisation' ? organisations.includes(scopeId) : everywhere

/**
 * Records that somebody was refused a policy out of their reach.
 * @throws Refusal `not_allowed`, always
 */
export const refuseOutside = async (deps: Deps, visit: Visit): Promise<never> => {
  await deps.recordAlone({
    type: 'desk-refused',
    outcome: 'refused',
    actor: visitor(visit).personId,
    requestId: visit.requestId,
    details: { task, why: 'outside' },
  })
  throw new Refusal('not_allowed')
}
