import { isRecord, isText, isTexts } from './shapes.ts'

export type Activity = { code: string; name: string }

/** The role a person acts in: one position, at one organisation. */
export type Role = {
  person_orgid: string
  person_roleid: string
  org_code: string
  org_name: string
  /** Sxxxx:Gxxxx:Rxxxx */
  role_code: string
  role_name: string
  position: string
  /** All that the role may do: its baseline, what the position adds, and what those include. */
  activities: readonly Activity[]
}

/** As much of the chosen role as decisions are made by. */
export type ChosenRole = { org_code: string; role_code: string; activityCodes: readonly string[] }

export type RoleClaims = {
  readonly role?: unknown
  readonly selected_roleid?: unknown
  readonly nhsid_nrbac_roles?: unknown
}

/**
 * The role that a person acts in: the `role` of a token, or the one in its list of roles that `selected_roleid` names. The
 * list in CIS2's form has only the activities that were granted on top of the role's baseline: by it less may be permitted.
 * @returns undefined for someone with no role, or where the token does not say which one was chosen
 */
export const chosenRole = ({ role, selected_roleid, nhsid_nrbac_roles }: RoleClaims): ChosenRole | undefined => {
  if (isRole(role)) {
    if (selected_roleid !== undefined && selected_roleid !== role.person_roleid) return undefined
    return { ...role, activityCodes: role.activities.map(({ code }) => code) }
  }
  if (!isTwelveDigits(selected_roleid) || !Array.isArray(nhsid_nrbac_roles)) return undefined
  const listed = nhsid_nrbac_roles.filter(isRecord).find(({ person_roleid }) => person_roleid === selected_roleid)
  return listed && fromList(listed)
}

const fromList = ({ org_code, role_code, ...lists }: Record<string, unknown>): ChosenRole | undefined =>
  isText(org_code) && isText(role_code) ? { org_code, role_code, activityCodes: codesIn(lists) } : undefined

/** CIS2 writes names and codes as two lists; the clean form writes pairs. */
const codesIn = ({ activities, activity_codes }: Record<string, unknown>): readonly string[] => {
  if (isTexts(activity_codes)) return activity_codes
  return Array.isArray(activities) ? activities.filter(isActivity).map(({ code }) => code) : []
}

const TEXTS = ['org_code', 'org_name', 'role_code', 'role_name', 'position'] as const

/** Whether a claim is a role as Fobwatch writes one. */
export const isRole = (value: unknown): value is Role => {
  if (!isRecord(value)) return false
  if (!isTwelveDigits(value['person_orgid']) || !isTwelveDigits(value['person_roleid'])) return false
  return (
    TEXTS.every((name) => isText(value[name])) &&
    Array.isArray(value['activities']) &&
    value['activities'].every(isActivity)
  )
}

/** Whether a claim is one of the 12-digit numbers by which people and their roles go. */
export const isTwelveDigits = (value: unknown): value is string => typeof value === 'string' && /^\d{12}$/.test(value)

const isActivity = (value: unknown): value is Activity =>
  isRecord(value) && isText(value['code']) && isText(value['name'])
