import type { ChooseRole, HeldRoles } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { SignInDeps } from './deps.ts'
import { takeRole } from './take-role.ts'

/** The roles that whoever is signed in holds now, last used first. */
export const listMyRoles =
  ({ rolesHeldBy }: Pick<SignInDeps, 'rolesHeldBy'>) =>
  async (_input: unknown, visit: Visit): Promise<HeldRoles> => ({ roles: await rolesHeldBy(visitor(visit).personId) })

/**
 * Changes the role that the session acts in, without another ceremony: it proves nothing, and says nothing of how sure we
 * are. Applications learn of it with their next code; what they were told before stays as it was told.
 * @throws Refusal `not_signed_in`, `role_unknown` when the role is not one that they hold now
 */
export const changeRole =
  (deps: SignInDeps) =>
  ({ role }: ChooseRole, visit: Visit): Promise<void> =>
    takeRole(deps, visitor(visit), role, visit)
