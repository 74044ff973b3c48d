import { waitBefore, youngInARow } from './rules.ts'

interface Deps {
  /** Whether there are to be more than there are. */
  isWanted: () => boolean
  /** @returns what resolves to whether one more takes connections */
  begin: () => Promise<boolean>
}

/**
 * Puts workers in the place of those that ended, and goes on trying.
 * @returns what is called with how long one lived that ended, in milliseconds
 */
export const following = ({ isWanted, begin }: Deps): ((livedMs: number) => void) => {
  let youngEnds = 0
  const follow = (livedMs: number): void => {
    const wait = waitBefore(livedMs, youngEnds)
    youngEnds = youngInARow(livedMs, youngEnds)
    setTimeout(() => {
      if (isWanted()) void begin().then((begun) => begun || !isWanted() || follow(0))
    }, wait)
  }
  return follow
}
