import { cleanRole, type Role } from '#access'
import type { Form } from './form.ts'

/** Levels are integers, lists are always there, and pair each code with its name; a role has every activity that it allows. */
export const clean: Form = {
  identity: (level) => level,
  level: (level) => level,
  role: cleanRole,
  roleThere: ({ personOrgId, personRoleId, organisation, role }: Role) => ({
    person_orgid: personOrgId,
    person_roleid: personRoleId,
    org_code: organisation.code,
    org_name: organisation.name,
    role_code: role.code,
    role_name: role.plainName,
  }),
  list: (items) => items,
}
