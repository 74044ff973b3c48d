import type { HeldRole } from '@fobwatch/contracts'
import { roleStep } from '#sign-in'
import type { OidcDeps } from './deps.ts'
import type { RoleIsMissing } from './policy.ts'

/**
 * Whether the person of a session must choose a role for an application that asks for one. A single role is taken on the
 * way, without asking.
 */
export const roleIsMissing =
  ({ inTransaction, sessions }: OidcDeps, rolesHeldBy: (personId: string) => Promise<HeldRole[]>): RoleIsMissing =>
  async ({ sessionId, personId, assignmentId }) => {
    if (assignmentId) return false
    const step = roleStep(true, await rolesHeldBy(personId), assignmentId)
    if (step.kind === 'take') await inTransaction((tx) => sessions.chooseRole(tx, sessionId, step.role))
    return step.kind === 'choose'
  }
