import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import type { By } from './add-anchor.ts'

type Needs = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record'>

/**
 * Ends trust in an anchor: for whatever is set up from then on, and at the next log in with whatever was trusted by it.
 * @throws Refusal `not_found` for an id that no anchor has
 */
export const endAnchor =
  ({ store, now, record }: Omit<Needs, 'inTransaction'>) =>
  async (tx: Transaction, id: string, by: By = {}): Promise<void> => {
    const removed = isId(id) && (await store.removeAnchor(tx, id, now())) > 0
    if (!removed) throw new Refusal('not_found', undefined, ['No anchor has this id.'])
    await record(tx, { type: 'anchor-removed', ...by, details: { anchor: id } })
  }

/** The same by command. @throws Refusal as `endAnchor` */
export const removeAnchor =
  (deps: Needs) =>
  (id: string): Promise<void> =>
    deps.inTransaction((tx) => endAnchor(deps)(tx, id))

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
