import { type Now, Refusal, type Transaction } from '#kernel'
import type { OrganisationStore } from './store.ts'

interface Deps {
  store: OrganisationStore
  now: Now
}

/**
 * Puts an organisation, with all that is below it, below another: from then on whoever has a duty there reaches it. The
 * caller records it, and has asked whether it may be.
 * @throws Refusal `organisation_circle` where it would come to be below itself
 */
export const moveOrganisation =
  ({ store }: Pick<Deps, 'store'>) =>
  async (tx: Transaction, id: string, parentId: string): Promise<void> => {
    await store.lockTree(tx)
    if (!(await store.move(tx, id, parentId))) throw new Refusal('organisation_circle')
  }

/**
 * Closes an organisation: it takes no new people, and those who are there stay. Or opens it again.
 * @returns whether that changed anything
 */
export const setClosed =
  ({ store, now }: Deps) =>
  (tx: Transaction, id: string, closed: boolean): Promise<boolean> =>
    closed ? store.close(tx, id, now()) : store.reopen(tx, id)
