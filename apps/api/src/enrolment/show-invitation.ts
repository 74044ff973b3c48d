import type { Invitation, OpenInvitation } from '@fobwatch/contracts'
import { fullName } from '#people'
import type { Deps } from './deps.ts'
import { findInvited } from './find-invitation.ts'

/**
 * What the page behind a link may show. It changes nothing, however often it is asked.
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const showInvitation =
  (deps: Deps) =>
  async ({ code }: OpenInvitation): Promise<Invitation> => {
    const { person, expiresAt } = await findInvited(deps, code)
    const [organisation] = await deps.organisationsOf(person.id)
    return {
      name: fullName(person),
      givenName: person.givenName,
      organisation: organisation?.name ?? null,
      expiresAt: expiresAt.toISOString(),
    }
  }
