import { Refusal } from '#kernel'
import type { Deps } from '../deps.ts'

type Needs = Pick<Deps, 'store' | 'now' | 'inTransaction' | 'record'>

/**
 * Ends trust in an anchor: for whatever is set up from then on, and at the next log in with whatever was trusted by it.
 * @throws Refusal `not_found` for an id that no anchor has
 */
export const removeAnchor =
  (deps: Needs) =>
  (id: string): Promise<void> =>
    deps.inTransaction(async (tx) => {
      const removed = isId(id) && (await deps.store.removeAnchor(tx, id, deps.now())) > 0
      if (!removed) throw new Refusal('not_found', undefined, ['No anchor has this id.'])
      await deps.record(tx, { type: 'anchor-removed', details: { anchor: id } })
    })

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
