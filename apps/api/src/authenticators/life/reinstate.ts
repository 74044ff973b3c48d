import { isUnsafe } from '#assurance'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { changeStatus } from './change-status.ts'
import { findHeld } from './find-held.ts'
import type { HeldRow } from './store.ts'
import type { Deed } from './suspend.ts'

/** Whether its model, or its own certificate, must not be used any more. */
const isOfBadModel = (
  { badModels }: Pick<Deps, 'badModels'>,
  { aaguid, statuses }: Pick<HeldRow, 'aaguid' | 'statuses'>,
): boolean => isUnsafe(statuses) || badModels().includes(aaguid)

/**
 * Ends the suspension of an authenticator. Sessions that ended with it stay over.
 * @throws Refusal `not_found` when the person has no such authenticator; `authenticator_not_so` when it is not suspended;
 *   `policy_refuses` when its model has turned bad
 */
export const reinstate =
  (deps: Deps) =>
  async (tx: Transaction, deed: Deed): Promise<void> => {
    const held = await findHeld(deps, tx, deed)
    if (held.status !== 'suspended') throw new Refusal('authenticator_not_so', undefined, ['It is not paused.'])
    if (isOfBadModel(deps, held))
      throw new Refusal('policy_refuses', undefined, ['A fault was found in devices of its model.'])
    if (!(await changeStatus(deps, tx, 'reinstate', { ...deed, because: null })))
      throw new Refusal('authenticator_not_so')
  }
