import { setTimeout as delay } from 'node:timers/promises'

/** How long one deed took, in milliseconds: its slowest request, and all of it from when it was due. */
export interface Took {
  slowest: number
  whole: number
}

/** @returns the milliseconds of its slowest request */
export type TimedDeed = () => Promise<number>

/**
 * Begins deeds at a rate, whether or not those before are answered, as people do who know nothing of each other.
 * @param perSecond begun each second, at moments thrown at random (a Poisson process)
 */
export const openLoop = async (deed: TimedDeed, perSecond: number, seconds: number): Promise<Took[]> => {
  const began = performance.now()
  const underWay: Promise<Took>[] = []
  for (let due = began; due < began + seconds * 1000; due += (-Math.log(1 - Math.random()) * 1000) / perSecond) {
    const ahead = due - performance.now()
    if (ahead > 0) await delay(ahead)
    const one = (async () => {
      const slowest = await deed()
      return { slowest, whole: performance.now() - due }
    })()
    one.catch(() => {}) // It is heard below, when all have begun.
    underWay.push(one)
  }
  return Promise.all(underWay)
}
