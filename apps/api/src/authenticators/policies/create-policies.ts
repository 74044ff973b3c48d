import type { PolicyDeps } from './deps.ts'
import { previewPolicy } from './preview-policy.ts'
import { savePolicy } from './save-policy.ts'
import { policyStore, type Store } from './store.ts'

/** Opens the part of the room that keeps the policies. Who may change which is for the desk to say. */
export const createPolicies = (outer: Omit<PolicyDeps, 'store'> & { store: Store }) => {
  const deps = { ...outer, store: policyStore(outer.store) }
  return { listPolicies: deps.store.list, previewPolicy: previewPolicy(deps), savePolicy: savePolicy(deps) }
}

export type Policies = ReturnType<typeof createPolicies>
