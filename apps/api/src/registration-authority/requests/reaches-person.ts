import type { Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { taskOf } from './rules.ts'
import type { StoredRequest } from './store.ts'

/**
 * Whether whoever raised a request may do what it asks for, in some way, where its person is. That they may at the
 * organisation of a position says nothing of who is put in it: anybody's staff id could be named otherwise, and whoever
 * is put there comes within reach.
 */
export const reachesPerson = async (
  deps: Pick<Deps, 'access' | 'store' | 'now'>,
  tx: Transaction,
  { kind, personId, raisedBy }: Pick<StoredRequest, 'kind' | 'personId' | 'raisedBy'>,
): Promise<boolean> => {
  if (personId === null) return true
  const ways = await deps.access.waysToDo(raisedBy, taskOf[kind], tx)
  const reach = [...new Set(ways.map(({ organisationId }) => organisationId))]
  return (await deps.store.findPeopleById(reach, [personId], deps.now(), tx)).length > 0
}
