import type { RequestKind } from '@fobwatch/contracts'
import { carryOutAccess } from '../access/carry-out.ts'
import type { Deps } from '../deps.ts'
import { carryOutPeople } from '../people/carry-out.ts'
import type { CarryOut } from './carrying-out.ts'

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
