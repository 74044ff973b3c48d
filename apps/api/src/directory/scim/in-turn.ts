import { Refusal } from '#kernel'

/** Does something when all that was asked before it under the same name is over, in this process. */
export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** How many may wait under one name. */
const most = 100

/**
 * Lets what is asked under one name wait for its turn while it holds nothing: what waits inside a transaction has one of the few
 * connections that everybody logs in by.
 * @throws Refusal `unavailable` where so many wait already
 */
export const createInTurn = (mostWaiting = most): InTurn => {
  const queues = new Map<string, { length: number; end: Promise<unknown> }>()
  return async (name, work) => {
    const queue = queues.get(name) ?? { length: 0, end: Promise.resolve() }
    if (queue.length > mostWaiting) throw new Refusal('unavailable', new Error(`${queue.length} wait for ${name}`))
    queues.set(name, queue)
    queue.length += 1
    const turn = queue.end.then(work)
    queue.end = turn.catch(() => {})
    try {
      return await turn
    } finally {
      queue.length -= 1
      if (queue.length === 0) queues.delete(name)
    }
  }
}
