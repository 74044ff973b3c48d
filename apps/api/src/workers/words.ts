/** What the first process tells a worker. */
export type Order =
  /** Do from now on what the service does by itself. */
  | { order: 'do-errands' }
  /** The service ends: say so to balancers first, where there is time, and finish what is under way. */
  | { order: 'stop'; unhurried: boolean }
  /** Another worker has this one's place: finish what is under way, and say nothing to balancers. */
  | { order: 'retire' }
  /** Say what was counted, under this number. */
  | { order: 'count'; question: number }

/** What a worker tells the first process once: it takes connections. */
export interface Begun {
  begun: true
  /** How the first process is to write its log. */
  logLevel: string
  /** Where the metrics of all workers are served, if anywhere. */
  metricsAt?: { host: string; port: number } | undefined
}

/** What a worker answers: what it counted, as `metrics` understands it. */
export interface Counted {
  counted: unknown
  question: number
}

const isObject = (message: unknown): message is object => typeof message === 'object' && message !== null

export const isOrder = (message: unknown): message is Order => isObject(message) && 'order' in message
export const isBegun = (message: unknown): message is Begun => isObject(message) && 'begun' in message
export const isCounted = (message: unknown): message is Counted => isObject(message) && 'counted' in message
