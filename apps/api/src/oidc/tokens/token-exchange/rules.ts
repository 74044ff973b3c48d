import type { Grant } from '#sessions'
import type { Subject } from './subject.ts'

const prefix = 'urn:ietf:params:oauth:token-type:'
/** What is taken, and what is given for it (RFC 8693 §3). */
const idTokenType = `${prefix}id_token`
export const accessTokenType = `${prefix}access_token`

/** The parameters of RFC 8693 §2.1 that are read, less `resource` and `scope`, which the library reads too. */
export const parameterNames = [
  'subject_token',
  'subject_token_type',
  'requested_token_type',
  'actor_token',
  'actor_token_type',
  'audience',
] as const
export type Parameters = Partial<Record<(typeof parameterNames)[number], string>>

/** What is wrong with a request before its token is looked at (RFC 8693 §2.1). */
export const whatIsWrongWithRequest = (asked: Parameters): string | undefined => {
  if (!asked.subject_token || !asked.subject_token_type) return 'subject_token and subject_token_type are required'
  if (asked.subject_token_type !== idTokenType) return 'only an ID token is exchanged'
  if (asked.actor_token !== undefined || asked.actor_token_type !== undefined)
    return 'nobody acts for somebody else here'
  const wanted = asked.requested_token_type
  return wanted === undefined || wanted === accessTokenType ? undefined : 'only an access token is given'
}

/** What is wrong with the audience and the time of an ID token whose signature holds. @param now in seconds */
export const whatIsWrongWithToken = (
  { aud, azp, exp }: Readonly<Record<string, unknown>>,
  clientId: string,
  now: number,
): string | undefined => {
  if (aud !== clientId || (azp !== undefined && azp !== clientId)) return 'is meant for another client'
  return typeof exp === 'number' && exp > now ? undefined : 'has run out'
}

/** The grant that a client has in a session now, and since when. */
export interface Held {
  grant: Grant
  grantedAt: Date
}

/** How far apart the clocks of two instances may be, in seconds: one makes the grant, and another signs the token. */
const clockSkew = 5

/**
 * What keeps an ID token from being exchanged under the grant that its client has now. Whatever came of another grant,
 * which was revoked, or drawn from another device or level, died with it; a role that was changed since is told by a
 * newer ID token. So nothing is ever raised: the level is the token's, and it is not above the grant's.
 */
export const whatIsWrongWithSubject = (subject: Subject, held: Held | undefined): string | undefined => {
  if (!held) return 'is of a session that has ended'
  const { grant, grantedAt } = held
  if (grant.staffId !== subject.staffId) return 'is of somebody else'
  if (subject.issuedAt + clockSkew < Math.floor(grantedAt.getTime() / 1000)) return 'was revoked'
  if (subject.level > grant.toldLevel) return 'tells of another level'
  if (subject.selectedRoleId !== null && subject.selectedRoleId !== grant.toldAssignmentId)
    return 'names a role that was left'
  return undefined
}
