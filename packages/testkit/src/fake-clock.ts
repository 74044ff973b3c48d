/** A clock that stands still until it is told to move. */
export interface FakeClock {
  /** A fresh `Date` each time; may be handed on as it is, as a service's notion of now. */
  readonly now: () => Date
  readonly advance: (by: { seconds?: number; minutes?: number; hours?: number }) => void
}

/** @param start the first moment; an ISO 8601 text will do */
export const fakeClock = (start: Date | string): FakeClock => {
  let at = new Date(start).getTime()
  if (Number.isNaN(at)) throw new RangeError(`not a moment: ${start}`)

  return {
    now: () => new Date(at),
    advance: ({ seconds = 0, minutes = 0, hours = 0 }) => {
      at += ((hours * 60 + minutes) * 60 + seconds) * 1000
    },
  }
}
