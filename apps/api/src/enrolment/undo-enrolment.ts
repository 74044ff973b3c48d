import type { EnrolmentUndone, OpenInvitation } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf, newSecret, Refusal } from '#kernel'
import type { Deps } from './deps.ts'
import { findInvitation } from './find-invitation.ts'
import { mayStillName, missed } from './rules.ts'

/**
 * Removes what a link has just set up, where the desk had another kind of device in mind, and opens the link again for
 * the browser that used it, under a new code: for whoever else has the link it stays used. Once, within 15 minutes, and
 * only while nobody has logged in with the device.
 * @throws Refusal `invitation_unknown`, `undo_not_possible`
 */
export const undoEnrolment =
  (deps: Deps) =>
  async ({ code }: OpenInvitation, visit: Pick<Visit, 'browser' | 'requestId'>): Promise<EnrolmentUndone> => {
    const invitation = await findInvitation(deps, { code })
    const { id, personId, authenticatorId, device } = invitation
    if (!authenticatorId || !mayStillName(invitation, deps.now())) throw new Refusal('undo_not_possible')
    const added = (await deps.authenticators.listOf(personId)).find((each) => each.id === authenticatorId)
    if (!added || !missed(device, added.kind)) throw new Refusal('undo_not_possible')

    const next = newSecret()
    await deps.inTransaction(async (tx) => {
      // First the person's authenticators and then the link, in the order of using it.
      await deps.authenticators.undoAdded(tx, { id: authenticatorId, personId, requestId: visit.requestId })
      const opened = await deps.store.undo(tx, id, hashOf(visit.browser()), deps.now(), hashOf(next))
      if (!opened) throw new Refusal('undo_not_possible')
    })
    return { code: next }
  }
