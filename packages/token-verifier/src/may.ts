import { chosenRole, type RoleClaims } from './role.ts'

/** Whether an access token was given for a scope (RFC 6749 §3.3: names apart by spaces). */
export const hasScope = (claims: { readonly [claim: string]: unknown }, scope: string): boolean =>
  scope !== '' && typeof claims['scope'] === 'string' && claims['scope'].split(' ').includes(scope)

/** Whether the chosen role may do an activity, such as `B0360`. Someone with no role may do none. */
export const hasActivity = (claims: RoleClaims, code: string): boolean =>
  chosenRole(claims)?.activityCodes.includes(code) ?? false
