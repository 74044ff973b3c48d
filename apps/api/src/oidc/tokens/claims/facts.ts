import type { Membership, Role } from '#access'
import type { ProfessionalMembership } from '#people'
import type { Grant } from '#sessions'
import type { OidcDeps } from '../../deps.ts'
import type { claimsByScope } from '../../scopes.ts'

/** What the claims are made of. */
export interface Facts {
  /** With what may be told of its person. */
  grant: Grant
  roles: readonly Role[]
  organisations: readonly Membership[]
  professions: readonly ProfessionalMembership[]
}

/** Looks up no more than the scopes ask for. */
export const gatherFacts = async (
  { rolesOf, organisationsOf, professionsOf }: OidcDeps,
  grant: Grant,
  scopes: ReadonlySet<string>,
): Promise<Facts> => {
  const wants = (...some: (keyof typeof claimsByScope)[]) => some.some((scope) => scopes.has(scope))
  const [roles, organisations, professions] = await Promise.all([
    wants('nationalrbacaccess', 'associatedorgs') ? rolesOf(grant.personId) : [],
    wants('associatedorgs', 'organisationalmemberships') ? organisationsOf(grant.personId) : [],
    wants('professionalmemberships') ? professionsOf(grant.personId) : [],
  ])
  return { grant, roles, organisations, professions }
}
