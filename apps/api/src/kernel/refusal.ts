import type { Fault, RefusalCode } from '@fobwatch/contracts'

export type { RefusalCode } from '@fobwatch/contracts'

/**
 * A no that we mean: a code of the closed list, whose sentence is safe to show, and a cause that only the log sees.
 * Anything else that is thrown is a bug.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** Plain sentences that may be shown beside the code's own, such as the reasons of a policy. */
  readonly reasons: readonly string[]
  /** Every fault of what was sent, by its field. */
  readonly faults: readonly Fault[]

  constructor(code: RefusalCode, cause?: unknown, reasons: readonly string[] = [], faults: readonly Fault[] = []) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'Refusal'
    this.code = code
    this.reasons = reasons
    this.faults = faults
  }
}

const inWords = (seconds: number): string => {
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `Try again in ${count} ${unit}${count === 1 ? '' : 's'}.`
}

/** A no for now: whoever hears it may come again in so many seconds, which its reason says in words. */
export class TooMany extends Refusal {
  readonly retryAfterSeconds: number

  /** @param cause in words: many are refused in a row, and where that was in the code is no news */
  constructor(retryAfter: number, cause?: string) {
    const seconds = Math.max(1, Math.ceil(retryAfter))
    super('too_many', cause, [inWords(seconds)])
    this.retryAfterSeconds = seconds
  }
}

/** Whether something thrown is a Refusal, of this code where one is given. */
export const isRefusal = (error: unknown, code?: RefusalCode): error is Refusal =>
  error instanceof Refusal && (code === undefined || error.code === code)
