import { nrbacRole, type Role } from '#access'
import { displayName, fullName, initials, type Person } from '#people'
import type { Grant } from '#sessions'
import type { OidcDeps } from './deps.ts'

type Claims = Record<string, unknown>

/** What the claims are made of. */
export interface Facts {
  person: Person
  grant: Grant
  roles: readonly Role[]
  organisations: readonly { code: string; name: string }[]
}

/** The claims of a person in a session, by CIS2's names; what is not known is left out, never null. */
export const claimsOf = ({ person, grant, roles, organisations }: Facts): Claims => {
  const claims: Claims = {
    sub: person.staffId,
    sid: grant.sessionId,
    name: fullName(person),
    given_name: person.givenName,
    family_name: person.familyName,
    middle_names: person.middleNames,
    title: person.title,
    initials: initials(person),
    display_name: displayName(person),
    uid: person.staffId,
    nhsid_useruid: person.staffId,
    email: person.email,
    // CIS2 writes this one as a string, and the two that follow as integers.
    idassurancelevel: String(person.identityLevel),
    id_assurance_level: person.identityLevel,
    authentication_assurance_level: grant.toldLevel,
    assurance_reasons: grant.toldReasons,
    selected_roleid: grant.assignmentId,
    nhsid_nrbac_roles: roles.map(nrbacRole),
    nhsid_user_orgs: organisations.map(({ code, name }) => ({ org_name: name, org_code: code })),
  }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null))
}

/** Looks up no more than the scope asks for. */
export const gatherFacts = async (
  { rolesOf, organisationsOf }: OidcDeps,
  person: Person,
  grant: Grant,
  scope: ReadonlySet<string>,
): Promise<Facts> => {
  const [roles, organisations] = await Promise.all([
    scope.has('nationalrbacaccess') ? rolesOf(person.id) : [],
    scope.has('associatedorgs') ? organisationsOf(person.id) : [],
  ])
  return { person, grant, roles, organisations }
}
