import type { Authenticator, AuthenticatorList } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from './deps.ts'
import { tellOf } from './life/change-status.ts'
import { listMine } from './list-mine.ts'
import { isBeingSetUp, tidyName } from './rules.ts'
import { viewOf } from './view.ts'

export interface Rename {
  id: string
  personId: string
  name: string
  requestId: string
}

/**
 * Gives an authenticator the name that its person wants, and records that, without the name. The person is told, unless
 * it is being set up still: of that they were told just before.
 * @returns the authenticator
 * @throws Refusal `not_found` when the person has no such authenticator
 */
export const renameAuthenticator =
  ({ store, now, record, publish, modelOf }: Pick<Deps, 'store' | 'now' | 'record' | 'publish' | 'modelOf'>) =>
  async (tx: Transaction, { id, personId, name, requestId }: Rename): Promise<Authenticator> => {
    if ((await store.rename(tx, id, personId, tidyName(name))) === 0) throw new Refusal('not_found')
    await record(tx, {
      type: 'authenticator-renamed',
      actor: personId,
      person: personId,
      requestId,
      details: { authenticator: id },
    })
    const row = (await store.listOf(personId, now(), tx)).find((each) => each.id === id)
    if (!row) throw new Refusal('not_found')
    const at = now()
    const told = { authenticator: id, person: personId, change: 'renamed', reason: null, at } as const
    if (!isBeingSetUp(row, at)) await tellOf({ publish }, tx, told)
    return viewOf({ modelOf })(row, personId)
  }

/**
 * Renames one of one's own.
 * @returns all of them
 * @throws Refusal `not_signed_in` when the session ended meanwhile; `not_found`, for another person's too
 */
export const renameMine =
  (deps: Deps) =>
  async ({ id, name }: { id: string; name: string }, visit: Visit): Promise<AuthenticatorList> => {
    const signedIn = visitor(visit)
    const { personId } = signedIn
    await deps.inTransaction(async (tx) => {
      await deps.requireLive(tx, signedIn)
      await renameAuthenticator(deps)(tx, { id, personId, name, requestId: visit.requestId })
    })
    return listMine(deps)({}, visit)
  }
