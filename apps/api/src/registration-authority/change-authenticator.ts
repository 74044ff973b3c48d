import type {
  ReinstateAuthenticator,
  RevokeAuthenticator,
  SetExpiry,
  SuspendAuthenticator,
  TheirAuthenticator,
} from '@fobwatch/contracts'
import type { Deed } from '#authenticators'
import { type Visit, visitor } from '#http'
import type { Transaction } from '#kernel'
import { deedAbout } from './deed-about.ts'
import type { Deps } from './deps.ts'

/** A change of somebody's authenticator by an agent: anyone's whom they may send a link to, profiles not active included. */
const change = (
  deps: Deps,
  visit: Visit,
  { staffId, id, note }: TheirAuthenticator & { note?: string },
  work: (tx: Transaction, deed: Deed) => Promise<void>,
): Promise<void> => {
  const by: Deed['by'] = { as: 'desk', actor: visitor(visit).personId, note, requestId: visit.requestId }
  const about = { staffId, notToOneself: 'Your own are on your own page.', onlyActive: false }
  return deedAbout(deps, visit, about, (tx, personId) => work(tx, { id, personId, by }))
}

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
 * Ends the suspension of an authenticator, whoever began it.
 * @throws Refusal as `deedAbout` does; `not_found` when the person has no such authenticator; `authenticator_not_so` when
 *   it is not suspended; `policy_refuses` when its model has turned bad
 */
export const reinstateAuthenticator =
  (deps: Deps) =>
  (input: TheirAuthenticator & ReinstateAuthenticator, visit: Visit): Promise<void> =>
    change(deps, visit, input, deps.authenticators.reinstate)

/**
 * Revokes an authenticator for good.
 * @throws Refusal as `deedAbout` does; `not_found` when the person has no such authenticator
 */
export const revokeAuthenticator =
  (deps: Deps) =>
  (input: TheirAuthenticator & RevokeAuthenticator, visit: Visit): Promise<void> =>
    change(deps, visit, input, (tx, deed) => deps.authenticators.revoke(tx, { ...deed, because: input.because }))

/**
 * Says until when an authenticator lasts, or that it lasts.
 * @throws Refusal as `deedAbout` does; `invalid_request` for a moment that is past; `not_found` when the person has no
 *   such authenticator; `authenticator_not_so` when it has run out
 */
export const setExpiry =
  (deps: Deps) =>
  ({ expiresAt, ...theirs }: TheirAuthenticator & SetExpiry, visit: Visit): Promise<void> =>
    change(deps, visit, theirs, (tx, deed) =>
      deps.authenticators.setExpiry(tx, { ...deed, expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
    )
