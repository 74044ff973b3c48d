import type { DeskPerson } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'
import { asFound } from './find-people.ts'
import { personWithin } from './person-within.ts'

/**
 * Shows a person to an agent: ways to log in, roles, and the links sent to them.
 * @throws Refusal `not_found` for a person outside the agent's organisations
 */
export const showPerson =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<DeskPerson> => {
    const row = await personWithin(deps, visit, staffId, 'find-person')
    const { personId } = row
    const [authenticators, roles, links] = await Promise.all([
      deps.authenticators.listForDesk(personId),
      deps.access.rolesHeldBy(personId),
      deps.enrolment.linksOf(personId),
    ])
    const actor = visitor(visit).personId
    await deps.recordAlone({ type: 'person-viewed', actor, person: personId, requestId: visit.requestId })
    return {
      ...asFound(row),
      identityLevel: row.identityLevel,
      authenticators,
      roles,
      links,
    }
  }
