import type { Named, Role } from './role.ts'

/** A role in `nhsid_nrbac_roles`, word for word as CIS2 has it: absent lists are left out, codes and names align. */
export interface NrbacRole {
  person_orgid: string
  person_roleid: string
  org_code: string
  role_name: string
  role_code: string
  activities?: string[]
  activity_codes?: string[]
  workgroups?: string[]
  workgroups_codes?: string[]
  aow?: string[]
  aow_codes?: string[]
}

/** A role in an access token: pairs instead of parallel lists, and every activity that the role allows. */
export interface TokenRole {
  person_orgid: string
  person_roleid: string
  org_code: string
  org_name: string
  role_code: string
  role_name: string
  position: string
  activities: Named[]
}

/** The clean form of a role where all of a person's are listed: everything that the compatible form has, in pairs. */
export interface CleanRole extends TokenRole {
  workgroups: Named[]
  aow: Named[]
}

const names = (list: readonly Named[]) => list.map(({ name }) => name)
const codes = (list: readonly Named[]) => list.map(({ code }) => code)

/** The compatible form of a role. Like CIS2 it lists only the activities that the position grants. */
export const nrbacRole = ({ granted, workgroups, areaOfWork, ...role }: Role): NrbacRole => ({
  person_orgid: role.personOrgId,
  person_roleid: role.personRoleId,
  org_code: role.organisation.code,
  role_name: role.role.name,
  role_code: role.role.code,
  ...(granted.length > 0 && { activities: names(granted), activity_codes: codes(granted) }),
  ...(workgroups.length > 0 && { workgroups: names(workgroups), workgroups_codes: codes(workgroups) }),
  ...(areaOfWork && { aow: [areaOfWork.name], aow_codes: [areaOfWork.code] }),
})

/** The clean form of a role, for access tokens. An API needs no copy of the baseline: the closure is in here. */
export const tokenRole = (role: Role): TokenRole => ({
  person_orgid: role.personOrgId,
  person_roleid: role.personRoleId,
  org_code: role.organisation.code,
  org_name: role.organisation.name,
  role_code: role.role.code,
  role_name: role.role.plainName,
  position: role.position,
  activities: role.effective,
})

/** The clean form of a role; its lists are there though they are empty. */
export const cleanRole = (role: Role): CleanRole => ({
  ...tokenRole(role),
  workgroups: role.workgroups,
  aow: role.areaOfWork ? [role.areaOfWork] : [],
})
