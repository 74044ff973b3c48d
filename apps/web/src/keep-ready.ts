/** Younger than this, a challenge outlives the five minutes that the browser's box waits (the server keeps it for ten). */
export const freshFor = 4 * 60_000

interface Ready<T> {
  /** Something fresh: what is ready, or else newly fetched. At most one fetch runs at a time. */
  take: () => Promise<T>
  /** Says that what was taken is used up. */
  spend: () => void
}

/**
 * Keeps something short-lived ready, so that a press of a button need not wait for the network: Safari opens its box
 * only straight after a press.
 * @param fetch gets a fresh one
 * @param now milliseconds
 */
export const keepReady = <T>(fetch: () => Promise<T>, now: () => number = Date.now): Ready<T> => {
  let ready: { value: Promise<T>; since: number } | undefined
  const renew = () => {
    const mine = { value: fetch(), since: now() }
    mine.value.catch(() => {
      if (ready === mine) ready = undefined
    })
    ready = mine
    return mine
  }
  return {
    take: () => (ready && now() - ready.since < freshFor ? ready : renew()).value,
    spend: () => {
      ready = undefined
    },
  }
}
