import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { Trouble } from '../trouble.ts'
import { canRunCeremony } from './capabilities.ts'
import { type CeremonyFailure, ceremonyCode } from './faults.ts'

/** The box that is open now, so that a box which we closed ourselves is told from one that the person closed. */
let open: { closedByUs: boolean } | undefined

/** Closes the browser's box, or ends the waiting autofill. Whoever waits for it hears `cancelled`. */
export const closeBox = (): void => {
  if (open) open.closedByUs = true
  WebAuthnAbortService.cancelCeremony()
}

/**
 * Runs a ceremony and turns what the browser throws into our codes.
 * @param timeout how long the box waits, in milliseconds
 * @throws Trouble with a `CeremonyCode`
 */
export const runCeremony = async <T>(
  ceremony: CeremonyFailure['ceremony'],
  timeout: number,
  run: () => Promise<T>,
): Promise<T> => {
  if (!canRunCeremony()) throw new Trouble('browser_unsupported')
  closeBox() // A browser runs one at a time.
  const box = { closedByUs: false }
  open = box
  const openedAt = performance.now()
  try {
    return await run()
  } catch (cause) {
    if (box.closedByUs) throw new Trouble('cancelled', { cause })
    const name = cause instanceof Error ? cause.name : ''
    throw new Trouble(ceremonyCode({ ceremony, name, elapsed: performance.now() - openedAt, timeout }), { cause })
  } finally {
    if (open === box) open = undefined
  }
}
