import type { Enrolled, NameEnrolled } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from './deps.ts'
import { enrolledOf } from './enrolled.ts'
import { findInvitation } from './find-invitation.ts'
import { mayStillName } from './rules.ts'

/**
 * Names the device that a link set up, for 15 minutes after it did: nobody is logged in yet then.
 * @throws Refusal `invitation_unknown` for a code that nobody used, `invitation_spent` when it was used longer ago,
 * `not_found` when the device was removed meanwhile
 */
export const nameEnrolled =
  (deps: Deps) =>
  async ({ code, name }: NameEnrolled, { requestId }: Visit): Promise<Enrolled> => {
    const invitation = await findInvitation(deps, { code })
    const { personId, authenticatorId } = invitation
    if (!authenticatorId) throw new Refusal('invitation_unknown')
    if (!mayStillName(invitation, deps.now())) throw new Refusal('invitation_spent')

    const renamed = await deps.inTransaction((tx) =>
      deps.authenticators.renameAuthenticator(tx, { id: authenticatorId, personId, name, requestId }),
    )
    return enrolledOf(deps, invitation, renamed)
  }
