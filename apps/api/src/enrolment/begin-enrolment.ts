import type { CreationOptions } from '@fobwatch/contracts'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { bindingOf, findInvited, type Key } from './find-invitation.ts'
import { hintsFor } from './rules.ts'

/**
 * Begins setting up a device with a link. The device will show the work email, or the name of whoever has none; the staff
 * id is in nothing that it keeps (WebAuthn L3 §14.6.1).
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const beginEnrolment =
  (deps: Deps) =>
  async (key: Key): Promise<CreationOptions> => {
    const { person, invitation } = await findInvited(deps, key)
    await deps.store.noteBox(invitation.id, deps.now())
    return deps.webauthn.beginRegistration({
      boundTo: bindingOf(key),
      user: { handle: person.userHandle, name: person.email ?? fullName(person), displayName: fullName(person) },
      exclude: await deps.authenticators.exclusionsOf(person.id),
      hints: hintsFor(invitation.device),
    })
  }
