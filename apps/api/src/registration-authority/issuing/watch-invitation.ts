import type { InvitationStatus } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { task } from '../deed-about.ts'
import type { Deps } from '../deps.ts'
import { personWithin } from '../person-within.ts'

/**
 * Shows an agent what has become of a link, code or pass. It is asked for every few seconds while somebody waits for it,
 * and tells nothing of the person that making it did not, so that it is not recorded.
 * @throws Refusal `not_found` for a person outside the agent's organisations, and for one that is not theirs
 */
export const watchInvitation =
  (deps: Deps) =>
  async ({ staffId, id }: { staffId: string; id: string }, visit: Visit): Promise<InvitationStatus> => {
    const { personId } = await personWithin(deps, visit, staffId, task)
    return deps.enrolment.watchInvitation(personId, id)
  }
