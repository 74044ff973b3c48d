/** How much of something is served: so many a second in the long run, and more at once after a quiet time. */
export interface Rate {
  perSecond: number
  /** What may be had at once. */
  burst: number
}

/** What is left to somebody, and when that was so (milliseconds). What others spent may take it below nothing. */
export interface Purse {
  left: number
  at: number
}

/** How long a quiet time may be saved up for, in seconds: thousands come to work at the same minute. */
const savedSeconds = 20

/** @param perSecond in the long run */
export const rateOf = (perSecond: number): Rate => ({ perSecond, burst: perSecond * savedSeconds })

/** What is left now. A clock that was put back gives nothing, and takes nothing. */
export const refill = ({ left, at }: Purse, { perSecond, burst }: Rate, now: number): number =>
  Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond)

/** How long until there is one again, in seconds; 0 where there is. */
export const secondsUntilOne = (left: number, { perSecond }: Rate): number => (left >= 1 ? 0 : (1 - left) / perSecond)

/** Whether enough was spent that all instances should know: a quarter of what may be had at once. */
export const isHeavy = (left: number, { burst }: Rate): boolean => left < burst * 0.75

/** What others have spent since one last looked. A count below the last one was begun anew. */
export const spentByOthers = (total: number, mine: number, seen: number | undefined): number => {
  if (seen === undefined) return 0
  return Math.max(0, total - mine - (total < seen ? 0 : seen))
}
