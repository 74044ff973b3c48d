import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How much a process can still take: everything, only what finishes something that was begun, or nothing. */
export type Pressure = 'none' | 'high' | 'too-high'

/** What tells how much there is to do. */
export interface Load {
  /** Requests under way. */
  underWay: number
  /** How late the event loop is on average, in milliseconds. */
  loopDelay: number
  /** Who waits for a connection to the database, and has waited for a while. */
  waiting: number
}

/** Above which load something is refused. Half of it keeps those from beginning who could not finish. */
export interface Limits {
  underWay: number
  loopDelay: number
  waiting: number
}

const exceeds = (load: Load, limits: Limits, share: number): boolean =>
  load.underWay > limits.underWay * share ||
  load.loopDelay > limits.loopDelay * share ||
  load.waiting > limits.waiting * share

/** What a load means. */
export const pressureOf = (load: Load, limits: Limits): Pressure => {
  if (exceeds(load, limits, 1)) return 'too-high'
  return exceeds(load, limits, 0.5) ? 'high' : 'none'
}

interface Deps {
  underWay: () => number
  waiting: () => number
  limits: Limits
}

const sampleEvery = 500
const resolution = 20
const toMilliseconds = 1e-6

/**
 * Keeps an eye on the load of this process: how many requests are under way is known at any moment; the others are looked at
 * twice a second, and count when they were high the time before too, so that a moment's pause refuses nobody.
 * @returns `start`, for when it listens: what a process does to begin is no load, and nobody is to be refused for it
 */
export const watchPressure = ({ underWay, waiting, limits }: Deps) => {
  const delay = monitorEventLoopDelay({ resolution })
  let last = { loopDelay: 0, waiting: 0 }
  let steady = last
  let timer: NodeJS.Timeout | undefined
  const sample = (): void => {
    const mean = Number.isNaN(delay.mean) ? 0 : delay.mean * toMilliseconds
    const now = { loopDelay: Math.max(0, mean - resolution), waiting: waiting() }
    steady = {
      loopDelay: Math.min(now.loopDelay, last.loopDelay),
      waiting: Math.min(now.waiting, last.waiting),
    }
    last = now
    delay.reset()
  }

  return {
    start: (): void => {
      delay.enable()
      timer ??= setInterval(sample, sampleEvery).unref()
    },
    now: (): Pressure => pressureOf({ underWay: underWay(), ...steady }, limits),
    stop: () => {
      clearInterval(timer)
      delay.disable()
    },
  }
}
