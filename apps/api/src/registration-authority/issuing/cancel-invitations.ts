import { type Visit, visitor } from '#http'
import { deedAbout } from '../deed-about.ts'
import type { Deps } from '../deps.ts'

/**
 * Cancels whatever open links, codes and passes a person has; a pass that is in use is over at once.
 * @throws Refusal as `deedAbout` does
 */
export const cancelInvitations =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<void> => {
    const about = { staffId, notToOneself: 'Ask somebody else at the desk.', onlyActive: false }
    const by = { actor: visitor(visit).personId, requestId: visit.requestId }
    await deedAbout(deps, visit, about, (tx, personId) => deps.enrolment.voidInvitations(tx, personId, by))
  }
