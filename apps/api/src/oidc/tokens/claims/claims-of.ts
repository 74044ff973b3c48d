import { displayName, fullName, initials } from '#people'
import type { ClientSettings } from '../../clients/client-settings.ts'
import { clean } from './clean.ts'
import { compatible } from './compatible.ts'
import type { Facts } from './facts.ts'
import type { Form } from './form.ts'

export type Claims = Record<string, unknown>

type Asked = Pick<ClientSettings, 'claimsForm' | 'levelsAs'>

const aboutPerson = ({ grant: person }: Facts): Claims => ({
  sub: person.staffId,
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
})

/** `gmc_id`, `nmc_id` and so on: the same in both forms. */
const ofProfessions = ({ professions }: Facts): Claims =>
  Object.fromEntries(professions.map(({ body, number }) => [`${body}_id`, number]))

const ofPlaces = ({ roles, organisations }: Facts, form: Form): Claims => ({
  nhsid_nrbac_roles: form.list(roles.map(form.role)),
  nhsid_org_roles: form.list(roles.map(form.roleThere)),
  nhsid_user_orgs: form.list(organisations.map(({ code, name }) => ({ org_name: name, org_code: code }))),
  nhsid_org_memberships: form.list(
    organisations.map(({ personOrgId, code, name }) => ({ person_orgid: personOrgId, org_name: name, org_code: code })),
  ),
})

/** How their log in was, as the application was told when it was given its code. */
const ofLogIn = ({ grant }: Facts, form: Form): Claims => ({
  sid: grant.sessionId,
  idassurancelevel: form.identity(grant.identityLevel),
  id_assurance_level: form.level(grant.identityLevel),
  authentication_assurance_level: form.level(grant.toldLevel),
  assurance_reasons: grant.toldReasons,
  selected_roleid: grant.toldAssignmentId,
})

/** The claims of a person in a session, by CIS2's names; what is not known is left out, never null. */
export const claimsOf = (facts: Facts, { claimsForm, levelsAs }: Asked): Claims => {
  const form = claimsForm === 'compatible' ? compatible(levelsAs) : clean
  const claims = { ...aboutPerson(facts), ...ofProfessions(facts), ...ofPlaces(facts, form), ...ofLogIn(facts, form) }
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null))
}
