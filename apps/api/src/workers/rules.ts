/** A worker that lasted so long had begun well, and its end is no sign of a fault in what it begins with. Milliseconds. */
const lasted = 10_000

const longestWait = 30_000

/**
 * How long to wait before a worker is started in the place of one that ended. Milliseconds.
 * @param livedMs how long that one lived
 * @param before how many in a row ended young before it
 */
export const waitBefore = (livedMs: number, before: number): number =>
  livedMs >= lasted ? 0 : Math.min(250 * 2 ** before, longestWait)

/** How many in a row have ended young by now. */
export const youngInARow = (livedMs: number, before: number): number => (livedMs >= lasted ? 0 : before + 1)
