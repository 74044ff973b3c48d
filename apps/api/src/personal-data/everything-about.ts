import type { PersonalExport } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'
import type { EventRow } from './store.ts'

/** What the desk wrote of a person and how the service knows them; no key, no hash, and nobody's row id. */
const profileOf = async ({ people }: Deps, personId: string) => {
  const person = await people.findPerson(personId)
  if (!person) throw new Error('There is no such person')
  const { id: _, userHandle: __, statusBy: ___, identityProvedBy: ____, sandboxOnly: _____, ...profile } = person
  const evidence = await people.evidenceOf(personId)
  return {
    person: profile,
    evidenceOfIdentity: evidence.map(({ provedBy: _, ...document }) => document),
    professionalRegistrations: await people.professionsOf(personId),
  }
}

const asTold = ({ seq: _, id: __, person: ___, personal: ____, name, role, mine, ...event }: EventRow) => ({
  ...event,
  by: name === null ? (mine ? 'you or the service' : 'somebody') : { name, role },
})

/**
 * All that is held about somebody, in a form that a machine can read: details, evidence, positions, what they log in with,
 * sessions, links, requests, and every event about them with its sealed fields.
 */
export const everythingAbout =
  (deps: Deps) =>
  async (personId: string): Promise<PersonalExport> => {
    const { store, access, authenticators, openFields } = deps
    const events = await store.allEvents(personId)
    const open = await openFields(events)
    const [organisations, positions] = [await access.organisationsOf(personId), await access.assignmentsOf(personId)]
    return {
      madeAt: deps.now().toISOString(),
      ...(await profileOf(deps, personId)),
      organisations: organisations.map(({ code, name, personOrgId }) => ({ code, name, personOrgId })),
      positions: positions.map(({ assignedBy: _, assignedByName: __, ...position }) => position),
      fromHrSystems: await deps.fedOf(personId),
      waysToLogIn: await authenticators.listOf(personId),
      sessions: await store.sessionsOf(personId),
      links: await store.linksOf(personId),
      requests: await store.requestsOf(personId),
      events: events.map((event) => ({ ...asTold(event), personal: open(event) })),
    }
  }
