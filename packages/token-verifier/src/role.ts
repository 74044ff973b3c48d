import { isText } from './shapes.ts'

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

const isActivity = (value: unknown) => isRecord(value) && isText(value['code']) && isText(value['name'])

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
