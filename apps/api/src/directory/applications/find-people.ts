import type { DirectoryPerson } from '@fobwatch/contracts'
import { cleanRole, type Role } from '#access'
import type { Application } from '#http'
import { fullName, type Person, type ProfessionalMembership } from '#people'

export interface Deps {
  findPersonByStaffId: (staffId: string) => Promise<Person | undefined>
  professionsOf: (personId: string) => Promise<ProfessionalMembership[]>
  rolesOf: (personId: string) => Promise<Role[]>
}

/** What there is to say about somebody to an application. */
export type Found =
  | { kind: 'there'; personId: string; person: DirectoryPerson }
  | { kind: 'closed'; personId: string }
  | { kind: 'unknown' }

/**
 * Finds a person for an application. Fictional people are there for applications for tries, and those who work here for
 * all others; neither learns that there are the ones that it is not to meet.
 */
export const findForApplication =
  ({ findPersonByStaffId, professionsOf, rolesOf }: Deps) =>
  async (staffId: string, { sandbox }: Application): Promise<Found> => {
    const person = await findPersonByStaffId(staffId)
    if (!person || person.sandboxOnly !== sandbox) return { kind: 'unknown' }
    const { id: personId, status } = person
    if (status === 'closed') return { kind: 'closed', personId }
    const [professions, roles] = await Promise.all([professionsOf(personId), rolesOf(personId)])
    return { kind: 'there', personId, person: directoryPerson({ ...person, status }, professions, roles) }
  }

const directoryPerson = (
  person: Person & { status: DirectoryPerson['status'] },
  professions: readonly ProfessionalMembership[],
  roles: readonly Role[],
): DirectoryPerson => ({
  sub: person.staffId,
  name: fullName(person),
  given_name: person.givenName,
  family_name: person.familyName,
  title: person.title,
  status: person.status,
  professional_registrations: professions.map(({ body, number }) => ({ body, number })),
  roles: roles.map(cleanRole),
})
