import type { Now } from '#kernel'
import type { OutboundFetch } from '#outbound'

/** For how long an address is not asked again, whatever it answered. Seconds. */
const calmSeconds = 30

interface Asked {
  answer: Promise<Response>
  until: number
}

/**
 * Asks an address once in a while, and gives whoever asks meanwhile the same answer, or the same failure. The library asks
 * for the keys of an application again as long as it got none that it could read: assertions that name one unknown key
 * after the other, which anybody can send, would have us call an application that is down as often as they come.
 */
export const calmFetch = (fetch: OutboundFetch, now: Now): OutboundFetch => {
  const asked = new Map<string, Asked>()
  return async (address, options) => {
    const url = String(address)
    const at = now().getTime()
    for (const [each, { until }] of asked) if (until <= at) asked.delete(each)
    const known = asked.get(url) ?? { answer: fetch(url, options), until: at + calmSeconds * 1000 }
    asked.set(url, known)
    return (await known.answer).clone()
  }
}
