import type { CreationOptions, OpenInvitation } from '@fobwatch/contracts'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { bindingOf, findInvited } from './find-invitation.ts'

/**
 * Begins setting up a device with a link. The device will show the work email, or the name of whoever has none; the staff
 * id is in nothing that it keeps (WebAuthn L3 §14.6.1).
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const beginEnrolment =
  (deps: Deps) =>
  async ({ code }: OpenInvitation): Promise<CreationOptions> => {
    const { person } = await findInvited(deps, code)
    return deps.webauthn.beginRegistration({
      boundTo: bindingOf(code),
      user: { handle: person.userHandle, name: person.email ?? fullName(person), displayName: fullName(person) },
      exclude: await deps.authenticators.exclusionsOf(person.id),
    })
  }
