import cluster, { type Worker } from 'node:cluster'
import { handOnUntaken } from './hand-on.ts'
import { type Begun, isBegun } from './words.ts'

interface Deps {
  /** Whether there is one that takes connections. */
  isServed: () => boolean
  /** It takes connections. */
  begun: (worker: Worker, about: Begun) => void
  /** It ended, whether it had begun or not. */
  ended: (worker: Worker, code: number | null, signal: string | null) => void
}

/**
 * Starts a worker.
 * @returns what resolves to whether it takes connections; to false where it ended instead
 */
export const beginWorker = ({ isServed, begun, ended }: Deps): Promise<boolean> => {
  const worker = cluster.fork()
  handOnUntaken(worker, isServed)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  worker.on('message', (message: unknown) => {
    if (!isBegun(message)) return
    begun(worker, message)
    resolve(true)
  })
  worker.once('exit', (code, signal) => {
    ended(worker, code, signal)
    resolve(false)
  })
  // One that cannot even be started ends without having begun. More than one of these may come, of one that is killed too.
  worker.on('error', () => resolve(false))
  return promise
}
