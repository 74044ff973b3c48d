import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { Trouble } from '../trouble.ts'
import { canRunCeremony } from './capabilities.ts'
import { type CeremonyFailure, ceremonyCode } from './faults.ts'

/** A box that is open or about to open. One that we closed ourselves is told from one that the person closed. */
interface Box {
  closedByUs: boolean
  /** Ends the wait for what it is to be opened with. */
  giveUp: () => void
}

let current: Box | undefined

/**
 * Closes the browser's box, or ends the waiting autofill; one that is not there yet never opens. Whoever waits for it hears
 * `cancelled`.
 */
export const closeBox = (): void => {
  if (current) current.closedByUs = true
  current?.giveUp()
  WebAuthnAbortService.cancelCeremony()
}

/** What a box is to be opened with, once it is there. @throws Trouble `cancelled` where it is wanted no more */
const unlessGivenUp = <O>(box: Box, asked: O | Promise<O>): Promise<O> =>
  new Promise((resolve, reject) => {
    box.giveUp = () => reject(new Trouble('cancelled'))
    Promise.resolve(asked).then(resolve, reject)
  })

/**
 * Runs a ceremony and turns what the browser throws into our codes.
 * @param asked the options of the standard, or what fetches them; `timeout` is how long the box waits, in milliseconds
 * @throws Trouble with a `CeremonyCode`, or what fetching the options throws
 */
export const runCeremony = async <O extends { timeout: number }, T>(
  ceremony: CeremonyFailure['ceremony'],
  asked: O | Promise<O>,
  run: (options: O) => Promise<T>,
): Promise<T> => {
  if (!canRunCeremony()) throw new Trouble('browser_unsupported')
  closeBox() // A browser runs one at a time.
  const box: Box = { closedByUs: false, giveUp: () => {} }
  current = box
  try {
    const options = await unlessGivenUp(box, asked)
    if (box.closedByUs) throw new Trouble('cancelled')
    const openedAt = performance.now()
    return await run(options).catch((cause) => {
      if (box.closedByUs) throw new Trouble('cancelled', { cause })
      const name = cause instanceof Error ? cause.name : ''
      const elapsed = performance.now() - openedAt
      throw new Trouble(ceremonyCode({ ceremony, name, elapsed, timeout: options.timeout }), { cause })
    })
  } finally {
    if (current === box) current = undefined
  }
}
