import type { PolicyScope } from '@fobwatch/contracts'

/** Whose policy it is. */
export interface PolicyOf {
  scope: PolicyScope
  /** The row id of an organisation, the id of a client, or nothing for the service. */
  scopeId: string
}

/** Whether two are the same. */
export const isOf = (one: PolicyOf, other: PolicyOf): boolean =>
  one.scope === other.scope && one.scopeId === other.scopeId
