/** Statistics: what many measurements come to. Nothing here knows what was measured. */

/**
 * The value below which a share of the numbers lies, by the nearest rank.
 * @param share 0 to 1
 */
export const percentile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The one in the middle, or what lies halfway between the two there. */
export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}

/** A median, and the least and the most beside it. */
export interface Spread {
  median: number
  least: number
  most: number
}

export const spreadOf = (numbers: readonly number[]): Spread => ({
  median: median(numbers),
  least: Math.min(...numbers),
  most: Math.max(...numbers),
})
