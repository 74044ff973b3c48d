/** What became of the browser's box when it did not give an answer. */
export type CeremonyCode =
  | 'box_closed'
  | 'box_timed_out'
  | 'box_did_not_stay_open'
  | 'cancelled'
  | 'already_set_up'
  | 'browser_unsupported'
  | 'device_unsupported'
  | 'address_not_trusted'
  | 'device_unreadable'
  | 'unexpected'

/** What is known when a ceremony fails. */
export interface CeremonyFailure {
  ceremony: 'registration' | 'authentication'
  /** The name of what the browser threw; its text is never read. */
  name: string
  /** How long the box was open, in milliseconds. */
  elapsed: number
  /** How long the box was told to wait, in milliseconds. */
  timeout: number
}

const hardlySeen = 1_000
const closeToTimeout = 5_000

const closedAfter = ({ elapsed, timeout }: CeremonyFailure): CeremonyCode => {
  if (elapsed < hardlySeen) return 'box_did_not_stay_open'
  return elapsed >= timeout - closeToTimeout ? 'box_timed_out' : 'box_closed'
}

/**
 * Tells by its name what a browser's error means for the person. Browsers hide causes on purpose (WebAuthn L3 §14.5),
 * so a refusal, a closed box and a missing passkey share one name, and only time tells some of them apart.
 */
export const ceremonyCode = (failure: CeremonyFailure): CeremonyCode => {
  const setsUp = failure.ceremony === 'registration'
  switch (failure.name) {
    case 'NotAllowedError':
      return closedAfter(failure)
    case 'TimeoutError':
      return 'box_timed_out'
    case 'AbortError':
      return 'box_closed'
    case 'InvalidStateError':
      return setsUp ? 'already_set_up' : 'unexpected'
    case 'NotSupportedError':
      return setsUp ? 'device_unsupported' : 'browser_unsupported'
    case 'ConstraintError':
      return 'device_unsupported'
    case 'SecurityError':
      return 'address_not_trusted'
    case 'NotReadableError':
    case 'UnknownError':
      return 'device_unreadable'
    default:
      return 'unexpected'
  }
}
