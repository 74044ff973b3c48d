import type {
  ReinstateAuthenticator,
  RevokeAuthenticator,
  SetExpiry,
  SuspendAuthenticator,
  TheirAuthenticator,
} from '@fobwatch/contracts'
import type { Task } from '#access'
import type { Deed } from '#authenticators'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { deedAbout } from './deed-about.ts'
import type { Deps } from './deps.ts'
import { type Card, whyNotRenew, whyNotUnlock } from './smartcard-rules.ts'

interface Changed extends TheirAuthenticator {
  note?: string
}

/** A change of somebody's authenticator by an agent: anyone's whom they may send a link to, profiles not active included. */
const change = (
  deps: Deps,
  visit: Visit,
  { staffId, id, note }: Changed,
  work: (tx: Transaction, deed: Deed, allowedBy: Task) => Promise<void>,
  orTask?: Task,
): Promise<void> => {
  const by: Deed['by'] = { as: 'desk', actor: visitor(visit).personId, note, requestId: visit.requestId }
  const about = {
    staffId,
    notToOneself: 'Your own are on your own page.',
    onlyActive: false,
    ...(orTask && { orTask }),
  }
  return deedAbout(deps, visit, about, (tx, personId, _, allowedBy) => work(tx, { id, personId, by }, allowedBy))
}

/** A change that is done to every kind by agents, and to smartcards by whoever unlocks and renews those alone. */
const changeCard = (
  deps: Deps,
  visit: Visit,
  changed: Changed,
  whyNot: (card: Card) => string | undefined,
  work: (tx: Transaction, deed: Deed) => Promise<void>,
): Promise<void> =>
  change(
    deps,
    visit,
    changed,
    async (tx, deed, allowedBy) => {
      if (allowedBy === 'unlock-smartcard') {
        const why = whyNot(await deps.authenticators.findHeld(tx, deed))
        if (why) throw new Refusal('not_allowed', undefined, [why])
      }
      await work(tx, deed)
    },
    'unlock-smartcard',
  )

/**
 * Suspends an authenticator at once, whoever may have suspended it before; its holder cannot undo it.
 * @throws Refusal as `deedAbout` does; `not_found` when the person has no such authenticator, `authenticator_not_so` when
 *   it has run out, or is suspended for this reason already and not by its holder
 */
export const suspendAuthenticator =
  (deps: Deps) =>
  (input: TheirAuthenticator & SuspendAuthenticator, visit: Visit): Promise<void> =>
    change(deps, visit, input, (tx, deed) => deps.authenticators.pause(tx, { ...deed, because: input.because }))

/**
 * Ends the suspension of an authenticator, whoever began it; by whoever may only unlock smartcards, of one that was lost.
 * @throws Refusal as `deedAbout` does; `not_allowed` as `whyNotUnlock` says; `not_found` when the person has no such authenticator; `authenticator_not_so` when
 *   it is not suspended; `policy_refuses` when its model has turned bad
 */
export const reinstateAuthenticator =
  (deps: Deps) =>
  (input: TheirAuthenticator & ReinstateAuthenticator, visit: Visit): Promise<void> =>
    changeCard(deps, visit, input, whyNotUnlock, deps.authenticators.reinstate)

/**
 * Revokes an authenticator for good.
 * @throws Refusal as `deedAbout` does; `not_found` when the person has no such authenticator
 */
export const revokeAuthenticator =
  (deps: Deps) =>
  (input: TheirAuthenticator & RevokeAuthenticator, visit: Visit): Promise<void> =>
    change(deps, visit, input, (tx, deed) => deps.authenticators.revoke(tx, { ...deed, because: input.because }))

/**
 * Says until when an authenticator lasts, or that it lasts; whoever may only renew smartcards lets one last longer.
 * @throws Refusal as `deedAbout` does; `not_allowed` as `whyNotUnlock` and `whyNotRenew` say; `invalid_request` for a moment that is past; `not_found` when the person has no
 *   such authenticator; `authenticator_not_so` when it has run out
 */
export const setExpiry =
  (deps: Deps) =>
  ({ expiresAt, ...theirs }: TheirAuthenticator & SetExpiry, visit: Visit): Promise<void> => {
    const until = expiresAt === null ? null : new Date(expiresAt)
    const whyNot = (card: Card) => whyNotUnlock(card) ?? whyNotRenew(card, until, deps.now())
    return changeCard(deps, visit, theirs, whyNot, (tx, deed) =>
      deps.authenticators.setExpiry(tx, { ...deed, expiresAt: until }),
    )
  }
