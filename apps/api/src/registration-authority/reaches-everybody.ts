import type { Task } from '#access'
import type { Transaction } from '#kernel'
import type { Deps } from './deps.ts'

/** Whether somebody may do a task at every organisation that is part of no other, and so for everybody. */
export const reachesEverybody = async (
  { access, store }: Pick<Deps, 'access' | 'store'>,
  personId: string,
  task: Task,
  tx?: Transaction,
): Promise<boolean> => {
  const [reach, tops] = [await access.reachOf(personId, task, tx), await store.topOrganisations(tx)]
  return tops.length > 0 && tops.every((id) => reach.includes(id))
}
