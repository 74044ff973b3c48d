import { enterpriseSchema, staffSchema, userSchema } from './attributes.ts'
import type { FedPerson } from './store.ts'

/** A user as RFC 7643 §4.1 has them. */
export type ScimUser = Record<string, unknown>

/** The version of what a feed sees: it changes with the person, and with what the feed itself says (RFC 7644 §3.14). */
export const etagOf = ({ personVersion, feedVersion }: FedPerson): string => `W/"${personVersion}.${feedVersion}"`

/** What is not there is left out (RFC 7643 §2.5). */
const present = <T extends object>(whole: T): Partial<T> =>
  Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null)) as Partial<T>

const one = (value: string | null) => value && [{ value, type: 'work' }]

export const locationOf = (base: string, staffId: string): string => `${base}/Users/${staffId}`

/** @param base the address of the SCIM service */
export const userOf = (base: string, person: FedPerson): ScimUser => {
  const { staffId, title, givenName, middleNames, familyName, organisation } = person
  const { employeeNumber, department, birthDate } = person
  return present({
    schemas: [userSchema, enterpriseSchema, ...(birthDate ? [staffSchema] : [])],
    id: staffId,
    externalId: person.externalId,
    userName: person.userName,
    name: present({
      ...{ familyName, givenName, middleName: middleNames, honorificPrefix: title },
    }),
    displayName: `${givenName} ${familyName}`,
    active: person.status === 'active',
    emails: one(person.email),
    phoneNumbers: one(person.phone),
    [enterpriseSchema]: present({ employeeNumber, department, organization: organisation }),
    [staffSchema]: birthDate && { birthDate },
    meta: {
      resourceType: 'User',
      created: person.createdAt.toISOString(),
      lastModified: person.updatedAt.toISOString(),
      location: locationOf(base, staffId),
      version: etagOf(person),
    },
  })
}
