import type { Authenticator, PausedBecause } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { listOf } from '../list-mine.ts'
import { reinstate } from './reinstate.ts'
import { revoke } from './revoke.ts'
import { setExpiry } from './set-expiry.ts'
import type { PausedOfAll } from './store.ts'
import { type Deed, pause } from './suspend.ts'

/** Changes the authenticator of an id, whoever holds it. @throws Refusal `not_found` when nobody does */
const change = async (
  { store, inTransaction }: Pick<Deps, 'store' | 'inTransaction'>,
  id: string,
  note: string | undefined,
  work: (tx: Transaction, deed: Deed) => Promise<void>,
): Promise<void> => {
  const holder = await store.holderOf(id)
  if (!holder) throw new Refusal('not_found', undefined, [`There is no device ${id}.`])
  await inTransaction((tx) => work(tx, { id, ...holder, by: { as: 'command', actor: null, note } }))
}

/** Suspends by command. @throws Refusal `not_found`, also for one that was revoked, `authenticator_not_so` */
export const pauseByCommand =
  (deps: Deps) =>
  (id: string, because: 'lost' | 'stolen' | 'desk', note?: string): Promise<void> =>
    change(deps, id, note, (tx, deed) => pause(deps)(tx, { ...deed, because }))

/** Reinstates by command. @throws Refusal `not_found`, also for one that was revoked, `authenticator_not_so`, `policy_refuses` */
export const reinstateByCommand =
  (deps: Deps) =>
  (id: string, note?: string): Promise<void> =>
    change(deps, id, note, reinstate(deps))

/** Revokes by command. @throws Refusal `not_found`, also for one that was revoked */
export const revokeByCommand =
  (deps: Deps) =>
  (id: string, because: 'desk' | 'left', note?: string): Promise<void> =>
    change(deps, id, note, (tx, deed) => revoke(deps)(tx, { ...deed, because }))

/**
 * Says by command until when one lasts, or that it lasts.
 * @throws Refusal `invalid_request` for a moment that is past, `not_found`, also for one that was revoked,
 *   `authenticator_not_so`
 */
export const setExpiryByCommand =
  (deps: Deps) =>
  (id: string, expiresAt: Date | null): Promise<void> =>
    change(deps, id, undefined, (tx, deed) => setExpiry(deps)(tx, { ...deed, expiresAt }))

/** The authenticators of a person. @throws Refusal `not_found` for a staff id that nobody has */
export const listByCommand =
  (deps: Deps) =>
  async (staffId: string): Promise<Authenticator[]> => {
    const person = await deps.findPersonByStaffId(staffId)
    if (!person) throw new Refusal('not_found', undefined, [`Nobody has the staff id ${staffId}.`])
    return listOf(deps)(person.id)
  }

/** All that are paused, for one reason if one is given, the longest paused first. */
export const pausedByCommand =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  (because: PausedBecause | null): Promise<PausedOfAll[]> =>
    store.pausedOfAll(because, now())
