import type { DeskPerson } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'
import { asFound } from './find-people.ts'
import { personWithin } from './person-within.ts'

const mostEvents = 5

/**
 * Shows a person to an agent: ways to log in, roles, the links sent to them, where they are logged in, and what happened to
 * them last.
 * @throws Refusal `not_found` for a person outside the agent's organisations
 */
export const showPerson =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<DeskPerson> => {
    const row = await personWithin(deps, visit, staffId, 'find-person')
    const { personId } = row
    const held = deps.access.rolesHeldBy(personId)
    const [authenticators, roles, links, places, events] = await Promise.all([
      deps.authenticators.listForDesk(personId),
      held,
      deps.enrolment.linksOf(personId),
      held.then((all) => deps.sessions.placesOf(personId, all)),
      deps.newestEventsOf(personId, mostEvents),
    ])
    const actor = visitor(visit).personId
    await deps.recordAlone({ type: 'person-viewed', actor, person: personId, requestId: visit.requestId })
    return {
      ...asFound(row),
      identityLevel: row.identityLevel,
      authenticators,
      roles,
      links,
      places,
      events: events.map(({ at, type, outcome }) => ({ at: at.toISOString(), type, outcome })),
    }
  }
