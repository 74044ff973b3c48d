/** One whole of what a scenario measures. Throws where anything was not as it should be. */
export type Deed = () => Promise<void>

export interface Ran {
  /** Deeds that ended. */
  count: number
  seconds: number
}

/**
 * Does a deed again and again in a number of lanes at once, each as fast as it is answered, for a time.
 * @param most deeds, where there are not more to do
 */
export const closedLoop = async (
  deed: Deed,
  lanes: number,
  seconds: number,
  most = Number.POSITIVE_INFINITY,
): Promise<Ran> => {
  const began = performance.now()
  const until = began + seconds * 1000
  let [begun, count] = [0, 0]
  const lane = async () => {
    while (performance.now() < until && begun < most) {
      begun += 1
      await deed()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { count, seconds: (performance.now() - began) / 1000 }
}

/** Does a deed so many times, in a number of lanes at once. */
export const doTimes = async (deed: Deed, lanes: number, times: number): Promise<void> => {
  let begun = 0
  const lane = async () => {
    while (begun < times) {
      begun += 1
      await deed()
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
