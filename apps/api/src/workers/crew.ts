import cluster, { type Worker } from 'node:cluster'
import type { FastifyBaseLogger } from 'fastify'
import type { Order } from './words.ts'

export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>

/** A worker that takes connections. */
export interface Member {
  worker: Worker
  /** By the clock that only goes forward, in milliseconds. */
  begunAt: number
  /** Whether it was told to end. */
  leaves: boolean
}

/** What the first process knows of its workers. */
export interface Crew {
  /** By the id of the worker. */
  readonly members: Map<number, Member>
  /** Opened when the first worker has said how it is to be written. */
  log: Log | undefined
  /** Whether all of it ends. */
  stopping: boolean
  /** The exit code of the worst end of a worker. */
  worstCode: number
}

export const newCrew = (): Crew => ({ members: new Map(), log: undefined, stopping: false, worstCode: 0 })

/** All workers that run, those included that do not take connections yet; one that is dead may stay in Node's list. */
export const runningWorkers = (): Worker[] =>
  Object.values(cluster.workers ?? {}).flatMap((worker) => (worker && !worker.isDead() ? [worker] : []))

/** Tells a worker what to do. One that cannot hear any more ends anyway. */
export const giveOrder = ({ worker }: Pick<Member, 'worker'>, what: Order): void => {
  if (worker.isConnected()) worker.send(what, () => {})
}
