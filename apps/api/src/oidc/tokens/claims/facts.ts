import type { Membership, Role } from '#access'
import type { Person, ProfessionalMembership } from '#people'
import type { Grant } from '#sessions'
import type { OidcDeps } from '../../deps.ts'
import type { claimsByScope } from '../../scopes.ts'

/** What of a person an application may be told. */
type Told = 'staffId' | 'title' | 'givenName' | 'middleNames' | 'familyName' | 'email' | 'identityLevel'

/** What the claims are made of. */
export interface Facts {
  person: Pick<Person, Told>
  grant: Grant
  roles: readonly Role[]
  organisations: readonly Membership[]
  professions: readonly ProfessionalMembership[]
}

/** Looks up no more than the scopes ask for. */
export const gatherFacts = async (
  { rolesOf, organisationsOf, professionsOf }: OidcDeps,
  person: Person,
  grant: Grant,
  scopes: ReadonlySet<string>,
): Promise<Facts> => {
  const wants = (...some: (keyof typeof claimsByScope)[]) => some.some((scope) => scopes.has(scope))
  const [roles, organisations, professions] = await Promise.all([
    wants('nationalrbacaccess', 'associatedorgs') ? rolesOf(person.id) : [],
    wants('associatedorgs', 'organisationalmemberships') ? organisationsOf(person.id) : [],
    wants('professionalmemberships') ? professionsOf(person.id) : [],
  ])
  return { person, grant, roles, organisations, professions }
}
