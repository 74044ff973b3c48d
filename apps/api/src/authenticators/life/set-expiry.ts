import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { tellOf } from './change-status.ts'
import { findHeld } from './find-held.ts'
import type { Deed } from './suspend.ts'

/**
 * Says until when an authenticator lasts, or that it lasts. One that has run out stays so: it is set up anew.
 * @throws Refusal `invalid_request` for a moment that is past; `not_found` when the person has no such authenticator;
 *   `authenticator_not_so` when it has run out
 */
export const setExpiry =
  (deps: Deps) =>
  async (tx: Transaction, { id, personId, by, expiresAt }: Deed & { expiresAt: Date | null }): Promise<void> => {
    const at = deps.now()
    if (expiresAt && expiresAt <= at) throw new Refusal('invalid_request', undefined, ['That time is past.'])
    await findHeld(deps, tx, { id, personId })
    if ((await deps.store.setExpiry(tx, id, personId, expiresAt, at)) === 0) throw new Refusal('authenticator_not_so')
    await deps.record(tx, {
      type: 'authenticator-expiry-set',
      ...{ actor: by.actor, person: personId, requestId: by.requestId },
      details: { authenticator: id, expiresAt: expiresAt?.toISOString() ?? null, as: by.as },
    })
    await tellOf(deps, tx, { authenticator: id, person: personId, change: 'expiry-set', reason: null, at })
  }
