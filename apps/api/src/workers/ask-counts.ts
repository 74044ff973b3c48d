import { type Crew, giveOrder, type Member } from './crew.ts'
import { isCounted } from './words.ts'

/** How long a worker may take to answer. Milliseconds. */
const patience = 5_000

/** @returns what resolves to nothing where the worker ends instead */
const ask = (member: Member, question: number): Promise<unknown> => {
  const { worker } = member
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const hear = (message: unknown): void => {
    if (isCounted(message) && message.question === question) resolve(message.counted)
  }
  const leave = (): void => resolve(undefined)
  const timer = setTimeout(() => reject(new Error('A worker does not answer')), patience)
  worker.on('message', hear).once('exit', leave)
  giveOrder(member, { order: 'count', question })
  return promise.finally(() => {
    clearTimeout(timer)
    worker.off('message', hear).off('exit', leave)
  })
}

export interface Counted {
  /** What each worker has counted that runs. */
  running: unknown[]
  /** What each said last that has ended since. It is told once. */
  ended: unknown[]
}

/**
 * Asks what was counted, of those workers alone that take connections: one that begins cannot answer yet, and has counted nothing.
 * @returns what asks them
 * @throws Error when one does not answer in time, or there is none: a sum without it would be wrong
 */
export const askingForCounts = ({ members }: Crew): (() => Promise<Counted>) => {
  const saidLast = new Map<Member, unknown>()
  let question = 0
  return async () => {
    question += 1
    const number = question
    const asked = [...members.values()]
    const answers = await Promise.all(asked.map(async (member) => [member, await ask(member, number)] as const))
    const running = answers.filter(([, counted]) => counted !== undefined)
    if (running.length === 0) throw new Error('No worker takes connections')
    for (const [member, counted] of running) saidLast.set(member, counted)
    const isRunning = new Set([...running.map(([member]) => member), ...members.values()])
    const ended = [...saidLast].filter(([member]) => !isRunning.has(member))
    for (const [member] of ended) saidLast.delete(member)
    return { running: running.map(([, counted]) => counted), ended: ended.map(([, counted]) => counted) }
  }
}
