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

/**
 * Whether memory grew after the first quarter of a run, in which caches fill and code is compiled. The least of a quarter is
 * compared: buffers of what is under way come and go by tens of mebibytes from one sample to the next, and what leaks does
 * not go.
 * @returns what is wrong, if anything is
 */
export const growthOf = (samples: readonly Memory[]): string | undefined => {
  if (samples.length < fewestSamples) return undefined
  const quarter = Math.floor(samples.length / 4)
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)]
  const grownBy = (of: (sample: Memory) => number) => Math.min(...late.map(of)) - Math.min(...early.map(of))
  const own = grownBy(({ heap, external }) => heap + external)
  const rss = grownBy((sample) => sample.rss)
  if (own <= mostGrowth.own && rss <= mostGrowth.rss) return undefined
  return `memory grew: the heap and what it holds by ${inMebibytes(own)}, the process by ${inMebibytes(rss)}`
}

export const inMebibytes = (bytes: number): string => `${(bytes / mebibyte).toFixed(1)} MiB`
