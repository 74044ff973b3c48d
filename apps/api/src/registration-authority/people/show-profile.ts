import type { DeskProfile } from '@fobwatch/contracts'
import type { Allowed, Task } from '#access'
import { type Visit, visitor } from '#http'
import type { Evidence, Person } from '#people'
import type { Deps } from '../deps.ts'
import { personWithin } from '../person-within.ts'

const asked = ['change-details', 'create-person', 'close-person', 'erase-person'] as const satisfies readonly Task[]

/** What the agent may do to somebody who is not themselves, and whether it takes a request. */
const mayOf = async (deps: Deps, actor: string, { id, staffId }: Person): Promise<DeskProfile['may']> => {
  const within = async (organisations: string[]) =>
    organisations.length > 0 && (await deps.store.findPerson(organisations, staffId, deps.now())) !== undefined
  const way = async (task: Task): Promise<'yes' | 'by-request' | 'no'> => {
    if (actor === id) return 'no'
    const ways = await deps.access.waysToDo(actor, task)
    const allowed = (how: Allowed) => ways.flatMap((each) => (each.allowed === how ? [each.organisationId] : []))
    if (await within(allowed('yes'))) return 'yes'
    return (await within(allowed('by-request'))) ? 'by-request' : 'no'
  }
  const answers = await Promise.all(asked.map(way))
  const of = (task: (typeof asked)[number]) => answers[asked.indexOf(task)] ?? 'no'
  const [change, prove, close, erase] = [
    of('change-details'),
    of('create-person'),
    of('close-person'),
    of('erase-person'),
  ]
  return { change, prove, close, erase }
}

const asKept = ({ method, provedBy, provedAt, ...rest }: Evidence, names: ReadonlyMap<string, string>) => ({
  ...rest,
  how: method,
  provedBy: (provedBy && names.get(provedBy)) ?? null,
  provedAt: provedAt.toISOString(),
})

/**
 * Shows an agent who somebody is: details, how that was proved, registrations, and why the profile is as it is. Whoever may
 * neither change nor prove anything of it is not shown the documents, the birth date, or what was written beside a change.
 * @throws Refusal `not_found` for a person outside the agent's organisations
 */
export const showProfile =
  (deps: Deps) =>
  async ({ staffId }: { staffId: string }, visit: Visit): Promise<DeskProfile> => {
    const { personId } = await personWithin(deps, visit, staffId, 'find-person')
    const { personId: actor } = visitor(visit)
    const person = await deps.people.findPerson(personId)
    if (!person) throw new Error('A person who was found is gone')
    const [may, professions, evidence] = await Promise.all([
      mayOf(deps, actor, person),
      deps.people.professionsOf(personId),
      deps.people.evidenceOf(personId),
    ])
    const whole = Object.values(may).some((way) => way === 'yes')
    const named = [person.statusBy, person.identityProvedBy, ...evidence.map(({ provedBy }) => provedBy)]
    const names = await deps.store.namesOf(named.filter((id) => id !== null))
    const nameOf = (id: string | null) => (id && names.get(id)) ?? null
    const details = { part: 'profile', whole }
    await deps.recordAlone({
      ...{ type: 'person-viewed', actor, person: personId, requestId: visit.requestId, details },
    })
    return {
      ...{ staffId, version: person.version, title: person.title, givenName: person.givenName },
      ...{ middleNames: person.middleNames, familyName: person.familyName, email: person.email, phone: person.phone },
      ...{ birthDate: whole ? person.birthDate : null, externalId: person.externalId, professions, may },
      identity: {
        level: person.identityLevel,
        how: person.identityMethod,
        provedBy: nameOf(person.identityProvedBy),
        provedAt: person.identityProvedAt?.toISOString() ?? null,
        evidence: whole ? evidence.map((each) => asKept(each, names)) : [],
      },
      standing: {
        status: person.status,
        because: person.statusBecause,
        note: whole ? person.statusNote : null,
        by: nameOf(person.statusBy),
        at: person.statusAt?.toISOString() ?? null,
        erasedAt: person.erasedAt?.toISOString() ?? null,
      },
      ...{ isMe: actor === personId, createdAt: person.createdAt.toISOString() },
      updatedAt: person.updatedAt.toISOString(),
    }
  }
