import type { ClientMetadata } from '@fobwatch/contracts'
import { visitor } from '#http'
import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { reachesEverybody } from '../reaches-everybody.ts'
import type { Operator } from './deed.ts'

type Feed = Pick<ClientMetadata, 'feed_organisation'>

/**
 * Whose people an HR system feeds in is a task of its own.
 * @throws Refusal `not_allowed` for whoever would change that, and may not
 */
export const requireFeedRight = async (
  deps: Deps,
  tx: Transaction,
  operator: Operator,
  was: Feed,
  is: Feed,
): Promise<void> => {
  if (!operator || was.feed_organisation === is.feed_organisation) return
  if (await reachesEverybody(deps, visitor(operator).personId, 'manage-feeds', tx)) return
  throw new Refusal('not_allowed', new Error('no duty allows manage-feeds'))
}
