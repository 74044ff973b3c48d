/** Memory after garbage was collected, in bytes. */
export interface Memory {
  cases: number
  heap: number
  /** Buffers and what else lies outside the heap. */
  external: number
  /** Of the whole process. */
  rss: number
}

const mebibyte = 2 ** 20
/** More growth than this, from the second quarter of a run to the last, would be a leak. Bytes. */
const mostGrowth = { own: 8 * mebibyte, rss: 64 * mebibyte }
/** Fewer samples have no quarters. */
const fewestSamples = 8

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1)

/**
 * Whether memory grew after the first quarter of a run, in which caches fill and code is compiled.
 * @returns what is wrong, if anything is
 */
export const growthOf = (samples: readonly Memory[]): string | undefined => {
  if (samples.length < fewestSamples) return undefined
  const quarter = Math.floor(samples.length / 4)
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)]
  const grownBy = (of: (sample: Memory) => number) => mean(late.map(of)) - mean(early.map(of))
  const own = grownBy(({ heap, external }) => heap + external)
  const rss = grownBy((sample) => sample.rss)
  if (own <= mostGrowth.own && rss <= mostGrowth.rss) return undefined
  return `memory grew: the heap and what it holds by ${inMebibytes(own)}, the process by ${inMebibytes(rss)}`
}

export const inMebibytes = (bytes: number): string => `${(bytes / mebibyte).toFixed(1)} MiB`
