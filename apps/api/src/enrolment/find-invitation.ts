import { hashOf, Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { Person } from '#people'
import type { Deps } from './deps.ts'
import { type State, stateOf } from './rules.ts'
import type { Invited } from './store.ts'

const refusalFor: Record<Exclude<State, 'open'>, RefusalCode> = {
  used: 'invitation_spent',
  replaced: 'invitation_replaced',
  expired: 'invitation_expired',
}

/** What a challenge for this invitation is bound to: an answer counts for the link that asked, and for no other. */
export const bindingOf = (code: string): string => `enrolment:${hashOf(code).toString('base64url')}`

/** @throws Refusal `invitation_spent`, `invitation_replaced`, `invitation_expired` */
export const refuseUnlessOpen = (invitation: Invited, now: Date): void => {
  const state = stateOf(invitation, now)
  if (state !== 'open') throw new Refusal(refusalFor[state])
}

/**
 * The invitation behind a code, whatever has become of it.
 * @throws Refusal `invitation_unknown`, also when its person is suspended or closed
 */
export const findInvitation = async (
  deps: Pick<Deps, 'store' | 'now'>,
  code: string,
  tx?: Transaction,
): Promise<Invited> => {
  const invitation = await deps.store.find(hashOf(code), deps.now(), tx)
  if (!invitation) throw new Refusal('invitation_unknown')
  return invitation
}

/**
 * The person whom a code invites. Looking changes nothing: mail scanners open links too.
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const findInvited = async (
  deps: Pick<Deps, 'store' | 'now' | 'findPerson'>,
  code: string,
): Promise<{ person: Person; expiresAt: Date }> => {
  const invitation = await findInvitation(deps, code)
  refuseUnlessOpen(invitation, deps.now())
  const person = await deps.findPerson(invitation.personId)
  if (!person) throw new Refusal('invitation_unknown')
  return { person, expiresAt: invitation.expiresAt }
}
