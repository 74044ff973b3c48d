/** How a part of the tests went. */
export interface Tally {
  passed: number
  failed: number
  skipped: number
}

/** A part that ran, with what is worth reading about what failed. */
export interface Result {
  tally: Tally
  /** What failed, in full; empty when nothing did. */
  failures: string
}

export const sum = (tallies: Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
})

/** The closing line, in the form that other programs read. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** The result of one thing that either holds or does not. */
export const verdict = (holds: boolean, failures: string): Result => ({
  tally: { passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 },
  failures: holds ? '' : failures,
})
