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

/** What somebody comes with: the code of a link, or the cookie of a temporary pass. Neither does for the other. */
export interface Key {
  code: string
  via?: 'pass'
}

/** What a challenge for this invitation is bound to: an answer counts for the link that asked, and for no other. */
export const bindingOf = ({ code }: Key): string => `enrolment:${hashOf(code).toString('base64url')}`

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
  { code, via }: Key,
  tx?: Transaction,
): Promise<Invited> => {
  const invitation = await deps.store.find(hashOf(code), deps.now(), tx)
  if (!invitation || (invitation.channel === 'pass') !== (via === 'pass')) throw new Refusal('invitation_unknown')
  return invitation
}

/**
 * The person whom a code invites. Looking spends nothing: mail scanners open links too.
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`
 */
export const findInvited = async (
  deps: Pick<Deps, 'store' | 'now' | 'findPerson'>,
  key: Key,
): Promise<{ person: Person; invitation: Invited }> => {
  const invitation = await findInvitation(deps, key)
  refuseUnlessOpen(invitation, deps.now())
  const person = await deps.findPerson(invitation.personId)
  if (!person) throw new Refusal('invitation_unknown')
  return { person, invitation }
}
