import type { AuthenticatorList } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { listMine } from '../list-mine.ts'
import { changeStatus } from './change-status.ts'
import { findHeld } from './find-held.ts'
import { reinstate } from './reinstate.ts'

interface Mine {
  id: string
}

/**
 * Pauses one of one's own that is lost, at once: no assertion is asked for, since speed matters, and the last one can be
 * lost too. One that is paused already stays as it is.
 * @returns all of them
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_found`, for another person's too;
 *   `authenticator_not_so` when it has run out
 */
export const reportLost =
  (deps: Deps) =>
  async ({ id }: Mine, visit: Visit): Promise<AuthenticatorList> => {
    const signedIn = visitor(visit)
    const { personId } = signedIn
    await deps.inTransaction(async (tx) => {
      await deps.requireLive(tx, signedIn)
      const { status } = await findHeld(deps, tx, { id, personId })
      if (status === 'suspended') return
      const by = { as: 'holder', actor: personId, requestId: visit.requestId } as const
      if (!(await changeStatus(deps, tx, 'suspend', { id, personId, because: 'lost', by })))
        throw new Refusal('authenticator_not_so')
    })
    return listMine(deps)({}, visit)
  }

/**
 * Ends a pause that its holder began by reporting it lost. The assertion that the guard asks for was by another
 * authenticator, since one that is paused opens nothing.
 * @returns all of them
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_found`, for another person's too; `not_allowed`
 *   when it was paused by somebody else; and as reinstating does
 */
export const reportFound =
  (deps: Deps) =>
  async ({ id }: Mine, visit: Visit): Promise<AuthenticatorList> => {
    const signedIn = visitor(visit)
    const { personId } = signedIn
    await deps.inTransaction(async (tx) => {
      await deps.requireLive(tx, signedIn)
      const { status, because, changedBy } = await findHeld(deps, tx, { id, personId })
      if (status === 'suspended' && (because !== 'lost' || changedBy !== personId))
        throw new Refusal('not_allowed', undefined, ['The desk can let it be used again.'])
      await reinstate(deps)(tx, { id, personId, by: { as: 'holder', actor: personId, requestId: visit.requestId } })
    })
    return listMine(deps)({}, visit)
  }
