/** Numbers that a seed decides, the same ones at each run. */
export interface Random {
  /** A whole number from 0 up to and without `below`. */
  below: (below: number) => number
  /** One of these. */
  pick: <T>(of: readonly T[]) => T
  /** The same ones in another order. */
  shuffle: <T>(of: readonly T[]) => T[]
}

/** Mulberry32: 32 bits of state are enough to choose a fault by. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(of: readonly T[]): T => {
    const one = of[below(of.length)]
    if (one === undefined) throw new RangeError('There is nothing to pick from')
    return one
  }
  const shuffle = <T>(of: readonly T[]): T[] =>
    of
      .map((each) => ({ each, place: next() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ each }) => each)
  return { below, pick, shuffle }
}
