/** Batches, both ends included. */
export interface Slice {
  first: number
  last: number
}

const minutesOfDay = 1440

/**
 * The part of the log whose turn it is at a time: of all batches what the minute before, this one and the next are of the
 * day, so that a minute that is missed leaves none out.
 * @param batches how many there are
 * @returns nothing where there are none
 */
export const sliceOf = (now: Date, batches: number): Slice | undefined => {
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes()
  const first = Math.floor((batches * Math.max(0, minute - 1)) / minutesOfDay) + 1
  const last = Math.min(batches, Math.ceil((batches * (minute + 2)) / minutesOfDay))
  return batches > 0 ? { first: Math.min(first, batches), last } : undefined
}
