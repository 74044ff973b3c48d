import { newId } from '#kernel'
import type { NewPerson, Person } from '#people'
import { sql, type TestService } from '../service.testing.ts'

/** A hospital, a clinic that is part of it, and a care home beside them: their ids. */
export interface Places {
  hospital: string
  clinic: string
  home: string
}

/** Adds the organisations that the desk is tried at. */
export const addPlaces = ({ store, rooms }: TestService): Promise<Places> =>
  store.inTransaction(async (tx) => {
    const { addOrganisation } = rooms.access
    const hospital = await addOrganisation(tx, { code: 'ZZX01', name: 'Hospital' })
    const clinic = await addOrganisation(tx, { code: 'ZZX02', name: 'Clinic', parentId: hospital })
    return { hospital, clinic, home: await addOrganisation(tx, { code: 'ZZX03', name: 'Care home' }) }
  })

/** Adds a fictional person at an organisation, who has no position there. */
export const addAt = (
  { store, rooms }: TestService,
  organisationId: string,
  names: Partial<NewPerson> = {},
): Promise<Person> =>
  store.inTransaction(async (tx) => {
    const whole = { givenName: 'Wren', familyName: 'Elsewhere', identityLevel: 2, ...names }
    const person = await rooms.people.addPerson(tx, whole)
    await rooms.access.affiliate(tx, person.id, organisationId)
    return person
  })

interface Post {
  name?: string
  roleCode?: string
  dutyCode?: string
  startsAt?: Date
}

/** Gives a person a position of their own at an organisation, since a minute ago unless said. @returns the `person_roleid` */
export const putAt = (
  { store, rooms }: TestService,
  personId: string,
  organisationId: string,
  { name = `Position ${newId()}`, startsAt = new Date(Date.now() - 3_600_000), ...what }: Post,
): Promise<string> =>
  store.inTransaction(async (tx) => {
    const positionId = await rooms.access.addPosition(tx, { organisationId, name, ...what })
    return rooms.access.assign(tx, { personId, positionId, startsAt })
  })

/** Makes a smartcard of what somebody has enrolled, paused for a reason if one is given. */
export const makeSmartcard = async (service: TestService, id: string, because: string | null = null): Promise<void> => {
  await sql(
    service,
    `update authenticator set kind = 'smartcard', status = case when $2::text is null then 'active' else 'suspended' end,
       status_reason = $2, status_at = now() where id = $1`,
    ...[id, because],
  )
}
