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

/**
 * Asks what was counted, of those workers alone that take connections: one that begins cannot answer yet, and has counted nothing.
 * @returns what asks them, and resolves to what each counted; one that ends meanwhile is left out
 * @throws Error when one does not answer in time, or there is none: a sum without it would be wrong
 */
export const askingForCounts = ({ members }: Crew): (() => Promise<unknown[]>) => {
  let question = 0
  return async () => {
    question += 1
    const number = question
    const answers = await Promise.all([...members.values()].map((member) => ask(member, number)))
    const counts = answers.filter((answer) => answer !== undefined)
    if (counts.length === 0) throw new Error('No worker takes connections')
    return counts
  }
}
