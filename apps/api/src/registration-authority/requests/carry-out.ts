import type { RequestKind } from '@fobwatch/contracts'
import type { Transaction } from '#kernel'
import { carryOutAccess } from '../access/carry-out.ts'
import type { Deps } from '../deps.ts'
import { carryOutPeople } from '../people/carry-out.ts'
import type { StoredRequest } from './store.ts'

/**
 * Does what was asked, in the transaction of its approval. The rights of both have been looked at; the deed looks again, as
 * it does when it is done without a request.
 * @param decider whoever approved it: a person's row id, or null for whoever did by command
 */
export type CarryOut = (tx: Transaction, request: StoredRequest, decider: string | null) => Promise<void>

/** The approval is all that happens; whoever raised it then does it themselves, and names the request. */
const leaveToRaiser: CarryOut = async () => {}

/** What each kind of request does when it is approved. */
export const carryOut = (deps: Deps): Record<RequestKind, CarryOut> => ({
  'enrol-level-3': leaveToRaiser,
  'export-audit': leaveToRaiser,
  'add-client': leaveToRaiser,
  ...carryOutPeople(deps),
  ...carryOutAccess(deps),
})
