import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { changeStatus } from './change-status.ts'
import { findHeld } from './find-held.ts'

/**
 * Removes what its person has just set up by mistake, before anybody has logged in with it.
 * @throws Refusal `not_found` when the person has no such authenticator; `undo_not_possible` when it was used, or is not
 *   active any more
 */
export const undoAdded =
  (deps: Deps) =>
  async (tx: Transaction, { id, personId, requestId }: { id: string; personId: string; requestId: string }) => {
    const { status } = await findHeld(deps, tx, { id, personId })
    const added = (await deps.store.listOf(personId, deps.now(), tx)).find((each) => each.id === id)
    if (status !== 'active' || added?.lastUsedAt) throw new Refusal('undo_not_possible')
    const by = { as: 'holder', actor: personId, requestId } as const
    if (!(await changeStatus(deps, tx, 'remove', { id, personId, because: 'removed', by })))
      throw new Refusal('undo_not_possible')
  }
