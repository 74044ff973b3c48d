import { notes } from './notes.ts'

/** Things that come and go, in no order. */
export interface Bag<Thing extends object> {
  put(thing: Thing): void
  /** Nothing happens where it is not there. */
  take(thing: Thing): void
  /** What is there now; to be looked at, and not kept. */
  all(): readonly Thing[]
}

/**
 * A set of what lives for a moment, such as requests under way. A Set has the same to say, but it makes itself a new table every
 * few entries; V8 keeps the old ones, each of which leads to the next and to all that was in it, until it collects everything.
 */
export const bag = <Thing extends object>(): Bag<Thing> => {
  const things: Thing[] = []
  const places = notes<Thing, number>()
  return {
    put: (thing) => {
      if (places.get(thing) !== undefined) return
      places.set(thing, things.length)
      things.push(thing)
    },
    take: (thing) => {
      const place = places.get(thing)
      if (place === undefined) return
      places.set(thing, undefined)
      const last = things.pop()
      if (!last || last === thing) return
      things[place] = last
      places.set(last, place)
    },
    all: () => things,
  }
}
