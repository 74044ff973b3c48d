import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { Trouble } from '../trouble.ts'
import { canRunCeremony } from './capabilities.ts'
import { type CeremonyFailure, ceremonyCode } from './faults.ts'

/** The box that is open or about to open. One that we closed ourselves is told from one that the person closed. */
let current: AbortController | undefined

/**
 * Closes the browser's box, or ends the waiting autofill; one that is not there yet never opens. Whoever waits for it hears
 * `cancelled`.
 */
export const closeBox = (): void => {
  current?.abort()
  WebAuthnAbortService.cancelCeremony()
}

/** What a box is to be opened with, once it is there. @throws Trouble `cancelled` where it is wanted no more */
const unlessClosed = <O>(closed: AbortSignal, asked: O | Promise<O>): Promise<O> =>
  new Promise((resolve, reject) => {
    closed.addEventListener('abort', () => reject(new Trouble('cancelled')))
    Promise.resolve(asked).then(resolve, reject)
  })

/**
 * Runs a ceremony and turns what the browser throws into our codes.
 * @param asked the options of the standard, or what fetches them; `timeout` is how long the box waits, in milliseconds
 * @param run opens the box, and hears of it where we close it
 * @throws Trouble with a `CeremonyCode`, or what fetching the options throws
 */
export const runCeremony = async <O extends { timeout: number }, T>(
  ceremony: CeremonyFailure['ceremony'],
  asked: O | Promise<O>,
  run: (options: O, closed: AbortSignal) => Promise<T>,
): Promise<T> => {
  if (!canRunCeremony()) throw new Trouble('browser_unsupported')
  closeBox() // A browser runs one at a time.
  const box = new AbortController()
  const closed = box.signal
  current = box
  try {
    const options = await unlessClosed(closed, asked)
    if (closed.aborted) throw new Trouble('cancelled')
    const openedAt = performance.now()
    return await run(options, closed).catch((cause) => {
      if (closed.aborted) throw new Trouble('cancelled', { cause })
      const name = cause instanceof Error ? cause.name : ''
      const elapsed = performance.now() - openedAt
      throw new Trouble(ceremonyCode({ ceremony, name, elapsed, timeout: options.timeout }), { cause })
    })
  } finally {
    if (current === box) current = undefined
  }
}
