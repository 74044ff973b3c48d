import type { Invitation } from '@fobwatch/contracts'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { findInvited, type Key } from './find-invitation.ts'

/**
 * What the page behind a link may show. It spends nothing, however often it is asked; that it was opened is noted for the
 * desk, where it says no more than that: a mail scanner opens links too.
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const showInvitation =
  (deps: Deps) =>
  async (key: Key): Promise<Invitation> => {
    const { person, invitation } = await findInvited(deps, key)
    const [organisation] = await deps.organisationsOf(person.id)
    await deps.store.noteOpened(invitation.id, deps.now())
    return {
      name: fullName(person),
      givenName: person.givenName,
      organisation: organisation?.name ?? null,
      expiresAt: invitation.expiresAt.toISOString(),
      device: invitation.device,
    }
  }
