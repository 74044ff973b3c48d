import type { AuthenticatorList } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { listMine } from '../list-mine.ts'
import { isLastWay } from '../rules.ts'
import { changeStatus } from './change-status.ts'

/**
 * Removes one of one's own. From then on it opens nothing, and every session that it opened is over. The person's rows
 * are locked first, so that two removals at once cannot both pass for the last but one, and an addition that is on its
 * way stands before the removal or after it.
 * @returns those that are left, so that the browser can tell the device which is not
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_found`, for another person's too; `last_authenticator`, unless the person knows and wants it so
 */
export const removeMine =
  (deps: Deps) =>
  async (
    { id, evenIfLast = false }: { id: string; evenIfLast?: boolean },
    visit: Visit,
  ): Promise<AuthenticatorList> => {
    const signedIn = visitor(visit)
    const { personId } = signedIn
    await deps.inTransaction(async (tx) => {
      await deps.requireLive(tx, signedIn)
      const held = await deps.store.lockOf(tx, personId, deps.now())
      if (!held.some((each) => each.id === id)) throw new Refusal('not_found')
      const last = isLastWay(held, id)
      if (last && !evenIfLast) throw new Refusal('last_authenticator')

      const by = { as: 'holder', actor: personId, requestId: visit.requestId } as const
      if (!(await changeStatus(deps, tx, 'remove', { id, personId, because: 'removed', by }, { last })))
        throw new Refusal('not_found')
    })
    return listMine(deps)({}, visit)
  }
