import type { Role } from './role.ts'

/** Whether an access token was given for a scope (RFC 6749 §3.3: names apart by spaces). */
export const hasScope = (claims: { scope?: string | undefined }, scope: string): boolean =>
  scope !== '' && (claims.scope ?? '').split(' ').includes(scope)

/** Whether the chosen role may do an activity, such as `B0360`. Someone with no role may do none. */
export const hasActivity = (claims: { role?: Role | undefined }, code: string): boolean =>
  claims.role?.activities.some((activity) => activity.code === code) ?? false
