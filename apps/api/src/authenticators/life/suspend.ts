import type { PausedBecause } from '@fobwatch/contracts'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { type By, changeStatus } from './change-status.ts'
import { findHeld } from './find-held.ts'

/** An authenticator of a person, and who does something to it. */
export interface Deed {
  id: string
  personId: string
  by: By
}

/**
 * Suspends an authenticator: from then on it opens nothing, and what it had opened is over.
 * @returns whether it was active, and is not any more
 */
export const suspend =
  (deps: Deps) =>
  (tx: Transaction, { because, ...deed }: Deed & { because: PausedBecause }): Promise<boolean> =>
    changeStatus(deps, tx, 'suspend', { ...deed, because })

/**
 * Suspends an authenticator by the desk or by command, whoever may have suspended it before: its holder cannot undo it.
 * @throws Refusal `not_found` when the person has no such authenticator, `authenticator_not_so` when it has run out, or is
 *   suspended for this reason already and not by its holder
 */
export const pause =
  (deps: Deps) =>
  async (tx: Transaction, { because, ...deed }: Deed & { because: PausedBecause }): Promise<void> => {
    const { status, because: before, changedBy } = await findHeld(deps, tx, deed)
    if (status === 'suspended' && before === because && changedBy !== deed.personId)
      throw new Refusal('authenticator_not_so', undefined, ['It is paused for this reason already.'])
    if (!(await changeStatus(deps, tx, 'take-over', { ...deed, because }))) throw new Refusal('authenticator_not_so')
  }
