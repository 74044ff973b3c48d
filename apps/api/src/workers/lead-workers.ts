import cluster, { type Worker } from 'node:cluster'
import { performance } from 'node:perf_hooks'
import type { FastifyBaseLogger } from 'fastify'
import { waitBefore, youngInARow } from './rules.ts'
import { type Begun, isBegun, type Order } from './words.ts'

interface Deps {
  /** How many workers there are to be; two at least. */
  count: number
  createLog: (level: string) => Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  /** Serves what all workers count; called once, when the first has begun. */
  serveMetrics: (at: NonNullable<Begun['metricsAt']>) => Promise<unknown>
}

/** A worker that takes connections. */
interface Member {
  worker: Worker
  begunAt: number
  /** Whether it was told to end. */
  leaves: boolean
}

/**
 * Leads the workers of this machine until it is told to end. One begins alone: where it cannot, it has said why, and this
 * process ends as it did. Later a worker that ends is followed by another, by and by more slowly.
 *
 * SIGTERM and SIGINT end all of them, each when it has finished what is under way; a second signal ends them at once, with
 * exit code 1. SIGUSR2 replaces them one by one: the next takes connections before the last one stops to.
 */
export const leadWorkers = ({ count, createLog, serveMetrics }: Deps): void => {
  const members = new Map<number, Member>()
  let log: ReturnType<Deps['createLog']> | undefined
  let errandsOf: number | undefined
  let youngEnds = 0
  let stopping = false
  let replacing = false
  let worstCode = 0

  const order = ({ worker }: Member, what: Order): void => {
    if (worker.isConnected()) worker.send(what, () => {})
  }

  /** Of all workers one does the errands; another, when that one leaves. */
  const giveErrands = (): void => {
    const has = errandsOf === undefined ? undefined : members.get(errandsOf)
    if (stopping || (has && !has.leaves)) return
    const next = [...members.values()].find(({ leaves }) => !leaves)
    errandsOf = next?.worker.id
    if (next) order(next, { order: 'do-errands' })
  }

  /** Starts a worker. @returns whether it takes connections; false where it ended instead */
  const begin = (): Promise<boolean> => {
    const worker = cluster.fork()
    const { promise, resolve } = Promise.withResolvers<boolean>()
    worker.on('message', (message: unknown) => {
      if (!isBegun(message)) return
      if (!log) {
        const opened = createLog(message.logLevel)
        log = opened
        if (message.metricsAt)
          serveMetrics(message.metricsAt).catch((error) => opened.error({ err: error }, 'metrics are not served'))
      }
      members.set(worker.id, { worker, begunAt: performance.now(), leaves: false })
      giveErrands()
      resolve(true)
    })
    worker.once('exit', (code, signal) => {
      ended(worker, code, signal)
      resolve(false)
    })
    // One that cannot even be started ends without having begun.
    worker.once('error', () => resolve(false))
    return promise
  }

  const ended = ({ id, process: { pid } }: Worker, code: number | null, signal: string | null): void => {
    const member = members.get(id)
    members.delete(id)
    worstCode = Math.max(worstCode, code ?? 1)
    giveErrands()
    if (stopping) endWithTheLast()
    if (stopping || !member || member.leaves) return
    log?.error({ worker: id, workerPid: pid, code, signal }, 'a worker ended by itself')
    follow(performance.now() - member.begunAt)
  }

  /** Starts a worker in the place of one that ended, and goes on trying. */
  const follow = (livedMs: number): void => {
    const wait = waitBefore(livedMs, youngEnds)
    youngEnds = youngInARow(livedMs, youngEnds)
    setTimeout(() => {
      if (!stopping && members.size < count) void begin().then((begun) => begun || stopping || follow(0))
    }, wait)
  }

  const endWithTheLast = (): void => {
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(worstCode === 0 ? 0 : 1)
  }

  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) {
      for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL')
      process.exit(1)
    }
    stopping = true
    worstCode = 0
    log?.info({ signal, workers: members.size }, 'closing')
    // A terminal sends this to everybody at once, and whoever sits there is no balancer.
    for (const member of members.values()) order(member, { order: 'stop', unhurried: signal !== 'SIGINT' })
    for (const worker of Object.values(cluster.workers ?? {}))
      if (worker && !members.has(worker.id)) worker.process.kill('SIGKILL')
    endWithTheLast()
  }

  /** Replaces the workers one by one. Where the next does not begin, those that are there stay. */
  const replaceAll = async (): Promise<void> => {
    if (replacing || stopping) return
    replacing = true
    const old = [...members.values()]
    log?.info({ workers: old.length }, 'replacing the workers one by one')
    for (const member of old) {
      if (stopping || member.worker.isDead()) continue
      if (!(await begin())) {
        log?.error('the next worker did not begin, and the others stay')
        break
      }
      const gone = new Promise((resolve) => member.worker.once('exit', resolve))
      member.leaves = true
      giveErrands()
      order(member, { order: 'retire' })
      await gone
    }
    replacing = false
    if (!stopping) log?.info({ workers: members.size }, 'the workers are replaced')
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
  process.on('SIGUSR2', () => void replaceAll())

  const start = async (): Promise<void> => {
    if (!(await begin())) {
      if (!stopping) process.exit(worstCode || 1)
      return
    }
    for (let number = 1; number < count; number += 1) void begin().then((begun) => begun || stopping || follow(0))
  }
  void start()
}
