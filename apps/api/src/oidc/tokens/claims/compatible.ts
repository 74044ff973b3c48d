import { nrbacRole, type Role } from '#access'
import type { ClientSettings } from '../../clients/client-settings.ts'
import type { Form } from './form.ts'

/**
 * As CIS2 writes: the level of identity as a string, the two others as the client's registration asks, parallel lists of
 * names and codes, and no list where there is nothing to list.
 */
export const compatible = (levelsAs: ClientSettings['levelsAs']): Form => ({
  identity: String,
  level: (level) => (levelsAs === 'string' ? String(level) : level),
  role: nrbacRole,
  roleThere: ({ personOrgId, organisation, role }: Role) => ({
    person_orgid: personOrgId,
    org_name: organisation.name,
    org_code: organisation.code,
    role_name: role.name,
    role_code: role.code,
  }),
  list: (items) => (items.length > 0 ? items : null),
})
