import type { PolicyList, StoredPolicy } from '@fobwatch/contracts'
import type { PolicyOf } from '#authenticators'
import { type Visit, visitor } from '#http'
import type { Deps } from '../deps.ts'
import { modelsIn } from './find-models.ts'
import { theService } from './place.ts'
import { isWithin, policyReach } from './reach.ts'

type Needs = Pick<Deps, 'policies' | 'store' | 'findClient'>

/** Every policy that there is, with the names that people have for its place. */
export const everyPolicy = async ({ policies, store, findClient }: Needs): Promise<(PolicyOf & StoredPolicy)[]> => {
  const rows = await policies.listPolicies()
  const organisations = new Map((await store.organisations(rows.map(({ scopeId }) => scopeId))).map((o) => [o.id, o]))
  const named = async ({ scope, scopeId }: PolicyOf) => {
    if (scope === 'service') return { id: theService, name: 'Everybody' }
    const organisation = organisations.get(scopeId)
    if (scope === 'organisation') return { id: organisation?.code ?? scopeId, name: organisation?.name ?? scopeId }
    return { id: scopeId, name: (await findClient(scopeId))?.name ?? scopeId }
  }
  return Promise.all(
    rows.map(async ({ updatedAt, ...row }) => ({
      ...{ ...row, ...(await named(row)) },
      updatedAt: updatedAt.toISOString(),
      mayChange: true,
    })),
  )
}

/**
 * Shows the policies that somebody at the desk may change, and those of the service and of the organisations above them,
 * which hold for their people too.
 */
export const showPolicies =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<PolicyList> => {
    const { personId } = visitor(visit)
    const reach = await policyReach(deps, personId)
    const above = await deps.access.organisationsAbove(personId)
    const policies = (await everyPolicy(deps)).map((each) => ({ ...each, mayChange: isWithin(reach, each) }))
    const shown = policies
      .filter(({ scope, scopeId, mayChange }) => mayChange || scope === 'service' || above.includes(scopeId))
      .map(({ scopeId, ...policy }) => policy)
    return { policies: shown, models: modelsIn(deps, shown) }
  }

/** Every policy, for a command. */
export const showAllPolicies = (deps: Needs) => async (): Promise<StoredPolicy[]> => everyPolicy(deps)
