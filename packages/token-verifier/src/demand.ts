import type { AccessRefusalCode } from './answers.ts'
import type { AccessClaims, IdClaims } from './claims.ts'
import { levelOf } from './level.ts'
import { hasScope } from './may.ts'
import { checkNeeds, type Needs } from './needs.ts'
import { AccessRefused } from './refused.ts'
import { type ChosenRole, chosenRole } from './role.ts'

/** Clocks of two machines differ a little, and a request takes a moment. */
const TOLERANCE_SECONDS = 5

/**
 * Lets a request go on if the claims of its token are enough for it.
 * What cannot be mended is refused before what can: nobody is sent to fetch their security key for a record that their
 * role does not open.
 * @param claims as a verifier gave them
 * @throws AccessRefused; TypeError for a need that is none
 */
export const demand = (claims: AccessClaims | IdClaims, needs: Needs): void => {
  checkNeeds(needs)
  const unmet = firstUnmet(claims, needs)
  if (unmet) throw new AccessRefused(unmet, needs, claims['cnf'] ? 'DPoP' : 'Bearer')
}

const firstUnmet = (claims: AccessClaims | IdClaims, needs: Needs): AccessRefusalCode | undefined => {
  if (needs.scope !== undefined && !hasScope(claims, needs.scope)) return 'scope_required'
  return unmetByRole(chosenRole(claims), needs) ?? unmetByLogIn(claims, needs)
}

const unmetByRole = (role: ChosenRole | undefined, { organisation, role: code, activity }: Needs) => {
  if (organisation === undefined && code === undefined && activity === undefined) return undefined
  if (!role) return 'role_required'
  if (organisation !== undefined && !list(organisation).includes(role.org_code)) return 'organisation_required'
  if (code !== undefined && !list(code).some((wanted) => isRoleCode(role.role_code, wanted))) return 'role_required'
  if (activity !== undefined && !list(activity).some((wanted) => role.activityCodes.includes(wanted)))
    return 'activity_required'
  return undefined
}

const unmetByLogIn = (claims: AccessClaims | IdClaims, { level, maxAgeSeconds }: Needs) => {
  if (level !== undefined && (levelOf(claims) ?? 0) < level) return 'level_required'
  if (maxAgeSeconds === undefined) return undefined
  const ageSeconds = Date.now() / 1000 - (claims.auth_time ?? 0)
  return ageSeconds > maxAgeSeconds + TOLERANCE_SECONDS ? 'recent_check_required' : undefined
}

const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value)

/** By the whole code, or by the job role that ends it. */
const isRoleCode = (code: string, wanted: string) => code === wanted || code.split(':').at(-1) === wanted
