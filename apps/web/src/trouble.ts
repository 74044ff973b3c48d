import type { Failure, Fault, RefusalCode } from '@fobwatch/contracts'
import type { CeremonyCode } from './ceremony/faults.ts'

/** Everything that can go wrong for a person here: what the API refuses, what the browser's box does, and the wire. */
export type TroubleCode = RefusalCode | CeremonyCode | 'no_connection' | 'unexpected'

interface TroubleOptions {
  reference?: string | undefined
  reasons?: readonly string[] | undefined
  faults?: readonly Fault[] | undefined
  cause?: unknown
}

/** What went wrong, by its code. Screens choose their words by the code; the text of an error is never shown. */
export class Trouble extends Error {
  readonly code: TroubleCode
  /** Names the request in the service's log. */
  readonly reference: string | undefined
  /** Why, where the API says so: sentences, or what reads on after "because". */
  readonly reasons: readonly string[]
  /** Every fault of what was sent, by its field. */
  readonly faults: readonly Fault[]

  constructor(code: TroubleCode, { reference, reasons = [], faults = [], cause }: TroubleOptions = {}) {
    super(code, { cause })
    this.name = 'Trouble'
    this.code = code
    this.reference = reference
    this.reasons = reasons
    this.faults = faults
  }
}

/** Takes anything that was thrown; what we did not foresee is `unexpected`. */
export const asTrouble = (thrown: unknown): Trouble =>
  thrown instanceof Trouble ? thrown : new Trouble('unexpected', { cause: thrown })

const isFailure = (body: unknown): body is Failure =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string' && 'reference' in body

/**
 * Reads an answer that is not a success. One that is not in our form comes from something in between (a proxy, say).
 * @param status of HTTP
 * @param body what the answer held, parsed, or undefined when it was not JSON
 */
export const troubleOf = (status: number, body: unknown): Trouble => {
  if (isFailure(body)) return new Trouble(body.error, body)
  return new Trouble(status === 502 || status === 503 || status === 504 ? 'unavailable' : 'server_fault')
}
