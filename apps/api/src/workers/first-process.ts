import cluster from 'node:cluster'
import { type Begun, type Counted, isOrder, type Order } from './words.ts'

/** Whether this process is one of several that the first one started. */
export const isWorker: boolean = cluster.isWorker

/** The name of this worker in the log; nothing for a process that is alone, or the first. */
export const workerName = (): number | undefined => cluster.worker?.id

export interface FirstProcess {
  /** Says that this worker takes connections. */
  tellBegun: (about: Omit<Begun, 'begun'>) => void
  /** Says what this worker counted, to whoever asked by this number. */
  tellCounted: (question: number, counted: unknown) => void
  /** Is told every order. */
  onOrder: (heed: (order: Order) => void) => void
}

/** The first process, as a worker knows it. */
export const firstProcess: FirstProcess = {
  // One that is alone may have a channel too, to somebody who did not ask.
  tellBegun: (about) => isWorker && void process.send?.({ begun: true, ...about } satisfies Begun),
  tellCounted: (question, counted) => void process.send?.({ question, counted } satisfies Counted),
  onOrder: (heed) =>
    void process.on('message', (message) => {
      if (isOrder(message)) heed(message)
    }),
}
