import type { Now, Transaction } from '#kernel'
import type { AccessStore } from './store.ts'
import type { Allowed, Task } from './tasks.ts'

interface Deps {
  store: AccessStore
  now: Now
}

/**
 * Where a person may do a task by themselves: the organisations of their live duties that allow it, and everything
 * below those. What a duty allows only by request, or only for one's own, is not in here.
 * @returns ids of organisations
 */
export const reachOf =
  (deps: Deps) =>
  (personId: string, task: Task, tx?: Transaction): Promise<string[]> =>
    deps.store.reachOf(personId, task, deps.now(), tx)

/** Every way in which a person may do a task, and where: the organisations of their live duties, and those below. */
export const waysToDo =
  (deps: Deps) =>
  (personId: string, task: Task, tx?: Transaction): Promise<{ organisationId: string; allowed: Allowed }[]> =>
    deps.store.waysToDo(personId, task, deps.now(), tx)

/** The tasks that the live duties of a person allow in any way, wherever that is. */
export const tasksOf =
  (deps: Deps) =>
  (personId: string): Promise<Task[]> =>
    deps.store.tasksOf(personId, deps.now())

/**
 * Whether a person may do by themselves everything that another may do by duty, wherever the other may, so that becoming
 * the other would give them nothing. Duties that are yet to begin count among the other's.
 */
export const coversDutiesOf =
  (deps: Deps) =>
  async (tx: Transaction, personId: string, otherId: string): Promise<boolean> =>
    deps.store.coversDutiesOf(tx, personId, otherId, deps.now())

/**
 * Whether a person may do by themselves, at an organisation, everything that a duty allows in any way. Nobody gives what
 * they do not have.
 */
export const coversDuty =
  (deps: Deps) =>
  (personId: string, duty: string, organisationId: string, tx?: Transaction): Promise<boolean> =>
    deps.store.coversDuty(personId, duty, organisationId, deps.now(), tx)

/** Whether a person may do by themselves, at one organisation, everything that they may at another. */
export const coversPlace =
  (deps: Deps) =>
  (tx: Transaction, personId: string, here: string, there: string): Promise<boolean> =>
    deps.store.coversPlace(tx, personId, here, there, deps.now())

/**
 * Whether a person may do a task by themselves.
 * @param organisationId where; anywhere at all when it is left out
 */
export const mayDo =
  (deps: Deps) =>
  async (personId: string, task: Task, organisationId?: string): Promise<boolean> => {
    const reach = await reachOf(deps)(personId, task)
    return organisationId === undefined ? reach.length > 0 : reach.includes(organisationId)
  }
